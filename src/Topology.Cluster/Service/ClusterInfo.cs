namespace Topology.Cluster;

/// <summary>Which cluster answers.</summary>
/// <param name="Id">The cluster's id, which its data directory keeps.</param>
/// <param name="Version">The version of the daemon's program.</param>
/// <param name="Pid">The daemon's process.</param>
/// <param name="Host">The name of its host.</param>
/// <param name="StartedAt">When the daemon started.</param>
/// <param name="DataDirectory">Where it keeps everything.</param>
public sealed record ClusterInfo(string Id, string Version, int Pid, string Host, DateTimeOffset StartedAt, string DataDirectory);
