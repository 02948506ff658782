namespace Topology.Messaging;

/// <summary>
/// Who uses a worker's links: the engine. All calls come from the thread that turns the links, one at a time; they must be short, wait for nothing and run no
/// user code. Spans are good during the call only.
/// </summary>
internal interface ILinkHandler
{
    /// <summary>
    /// A new generation begins: all further calls are about it, but for those of <see cref="OnRoom"/>, which wake those who wait for outboxes of any. Between this and
    /// the return of <see cref="LinkThread.Assign"/> to its caller there is no order.
    /// </summary>
    void OnGeneration(ulong generation)
    {
    }

    /// <summary>
    /// A frame came in: each of a link's connection once and in order, of the current generation, from whom it says. What it holds is not looked at: decode it,
    /// or copy it for a thread that does.
    /// </summary>
    /// <returns>Why it cannot be taken. Anything but <see cref="WireError.None"/>, and an exception, loses the link, since its rows are lost.</returns>
    WireError OnFrame(LinkPeer peer, LinkConnection connection, ReadOnlySpan<byte> frame);

    /// <summary>The peer repeats what this worker may send it. Absolute numbers, possibly older than those that came with a frame: only a higher one counts.</summary>
    void OnCredits(LinkPeer peer, ReadOnlySpan<Credit> credits);

    /// <summary>
    /// A hello or heartbeat to a peer is written: the engine adds what the peer may send, by <see cref="FrameWriter.WriteCredits"/>, so that a grant that was
    /// lost is made good. Nothing else may be written.
    /// </summary>
    void WriteCredits(LinkPeer peer, FrameWriter frame);

    /// <summary>After each turn: what else the engine has to do on this thread.</summary>
    /// <returns>How soon it wants another turn although nothing may come in; <see cref="Timeout.InfiniteTimeSpan"/> for not at all.</returns>
    TimeSpan OnTurn() => Timeout.InfiniteTimeSpan;

    /// <summary>An outbox that refused a frame has room again, or takes everything now because its link ended.</summary>
    void OnRoom(LinkPeer peer, LinkConnection connection);

    /// <summary>The peer said hello: frames go both ways from now on. Once for each link.</summary>
    void OnUp(LinkPeer peer);

    /// <summary>The peer said goodbye: all that it sent was handed on, and it sends no more. Once for each link.</summary>
    void OnLeft(LinkPeer peer);

    /// <summary>The link broke for good. Once for each link.</summary>
    void OnLost(LinkLost lost);
}
