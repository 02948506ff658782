namespace Topology.Web;

/// <summary>What the file <c>daemon.json</c> holds.</summary>
/// <param name="Url">Where the daemon listens.</param>
/// <param name="Pid">Its process, for people.</param>
/// <param name="Process">Which process that is, for ever; see <see cref="Cluster.ProcessIdentity"/>.</param>
/// <param name="Version">The version of its program.</param>
internal sealed record DaemonRecord(string Url, int Pid, string Process, string Version);
