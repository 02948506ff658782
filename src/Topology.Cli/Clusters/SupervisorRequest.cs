using Topology.Cluster;

namespace Topology.Cli;

/// <summary>A supervisor that is to join a daemon on another host.</summary>
/// <param name="DataDirectory">The full path of where it keeps everything.</param>
/// <param name="Token">What it joins with; null for one that has joined before.</param>
/// <param name="Slots">How many workers it keeps; null for the default.</param>
/// <param name="Name">What it would like to be called; null for the host's name.</param>
/// <param name="Address">The address that workers of other hosts reach its own by; null for the one that it reaches the daemon from.</param>
internal sealed record SupervisorRequest(string DataDirectory, JoinToken? Token, int? Slots, string? Name, string? Address);
