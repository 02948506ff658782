using Topology.Cluster;

namespace Topology.Web;

/// <summary>A daemon, as it said of itself.</summary>
/// <param name="Url">Where it listens.</param>
/// <param name="Process">Its process.</param>
/// <param name="Version">The version of its program.</param>
public sealed record DaemonAddress(Uri Url, ProcessIdentity Process, string Version)
{
    /// <summary>Whether its process lives, now.</summary>
    public bool IsLiving => Process.Life == ProcessLife.Alive;
}
