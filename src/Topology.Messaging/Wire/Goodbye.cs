namespace Topology.Messaging;

/// <summary>The last section of a connection.</summary>
/// <param name="Sent">The last frame that the sender has sent on the link.</param>
internal readonly record struct Goodbye(ulong Sent);
