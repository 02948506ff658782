namespace Topology.Messaging;

/// <summary>Says that its sender is alive, and where the link stands, so that a loss shows even when nothing else is sent.</summary>
/// <param name="Sent">The last frame that the sender has sent on the link.</param>
/// <param name="Received">The last frame up to which all have come in from the receiver.</param>
internal readonly record struct Heartbeat(ulong Sent, ulong Received);
