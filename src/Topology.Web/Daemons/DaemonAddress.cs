using Topology.Cluster;

namespace Topology.Web;

/// <summary>A daemon that runs.</summary>
/// <param name="Url">Where it listens.</param>
/// <param name="Process">Its process.</param>
/// <param name="Version">The version of its program.</param>
public sealed record DaemonAddress(Uri Url, ProcessIdentity Process, string Version);
