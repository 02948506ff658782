namespace Topology.Cli;

/// <summary>A daemon that is to be started.</summary>
/// <param name="DataDirectory">Where it keeps everything.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="Slots">How many workers its own supervisor keeps; null for the default.</param>
internal sealed record DaemonRequest(string DataDirectory, Uri Address, int? Slots);
