namespace Topology.Cluster;

/// <summary>Where a daemon listens for supervisors and workers of other hosts.</summary>
/// <param name="Endpoint">What it binds: <c>tcp://</c>, an IPv4 address of this host, and a port, or <c>*</c> for one that is free.</param>
/// <param name="Address">The address of this host that others reach it by: for tokens, and for the links of its own workers.</param>
public sealed record HostListening(string Endpoint, string Address);
