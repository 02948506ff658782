namespace Topology.Messaging;

/// <summary>A link broke for good. Told once for each link and generation.</summary>
/// <param name="Peer">The worker at its other end.</param>
/// <param name="Generation">The generation that the link belonged to.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">One sentence for the log.</param>
/// <param name="Error">The exception, where there was one.</param>
internal sealed record LinkLost(LinkPeer Peer, ulong Generation, LossReason Reason, string Detail, Exception? Error = null);
