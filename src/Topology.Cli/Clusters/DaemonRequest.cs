using Topology.Cluster;

namespace Topology.Cli;

/// <summary>A daemon that is to be started.</summary>
/// <param name="DataDirectory">The full path of where it keeps everything.</param>
/// <param name="Address">Where it listens; null for the default address, or another if that is taken by a daemon of another data directory.</param>
/// <param name="Slots">How many workers its own supervisor keeps; null for the default.</param>
internal sealed record DaemonRequest(string DataDirectory, Uri? Address, int? Slots)
{
    /// <summary>Where it listens for supervisors of other hosts; null for nowhere.</summary>
    public HostListening? Listening { get; init; }
}
