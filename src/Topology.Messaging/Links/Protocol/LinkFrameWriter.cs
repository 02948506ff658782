namespace Topology.Messaging;

/// <summary>Writes the link's own frames. Used by one thread.</summary>
internal sealed class LinkFrameWriter
{
    // 160 channels' credits fit.
    private readonly FrameBufferPool _buffers = new(size: 4096, kept: 1);
    private readonly FrameWriter _writer;
    private readonly WorkerIdentity _me;
    private readonly ILinkHandler _handler;

    /// <param name="me">Who writes.</param>
    /// <param name="handler">Who knows what credits to repeat.</param>
    public LinkFrameWriter(WorkerIdentity me, ILinkHandler handler)
    {
        (_me, _handler) = (me, handler);
        _writer = new(_buffers);
    }

    /// <summary>The first of a connection.</summary>
    /// <param name="link">Whom it goes to.</param>
    /// <param name="half">On which connection.</param>
    public FrameBuffer Hello(Link link, LinkHalf half)
    {
        _writer.Begin(link.Header);
        _writer.Write(new Hello(_me.Worker, link.WasHeard ? link.Peer.Incarnation : 0, half.Receiver.Received));
        return FinishWithPosition(link, half);
    }

    /// <summary>A sign of life on a connection.</summary>
    public FrameBuffer Heartbeat(Link link, LinkHalf half)
    {
        _writer.Begin(link.Header);
        return FinishWithPosition(link, half);
    }

    /// <summary>What came in on both connections, and what is missing on them.</summary>
    public FrameBuffer Status(Link link)
    {
        _writer.Begin(link.Header);
        Write(link, link.Data);
        Write(link, link.Control);
        return _writer.Finish();
    }

    /// <summary>The last frame of a connection, in a buffer of its own: it is kept until it is acknowledged.</summary>
    public static FrameBuffer Goodbye(Link link, LinkHalf half)
    {
        var writer = new FrameWriter(new FrameBufferPool(size: 64, kept: 0));
        writer.Begin(link.Header);
        writer.Write(new Goodbye(half.Sender.Last));
        return writer.Finish();
    }

    /// <summary>Takes back what one of the others gave.</summary>
    public void Return(FrameBuffer frame) => _buffers.Return(frame);

    private FrameBuffer FinishWithPosition(Link link, LinkHalf half)
    {
        _writer.Write(new Heartbeat(half.Sender.Sent, half.Receiver.Received));
        if (half.Connection == LinkConnection.Control) _handler.WriteCredits(link.Peer, _writer);
        return _writer.Finish();
    }

    private void Write(Link link, LinkHalf half)
    {
        _writer.Write(new Acknowledgement(link.Peer.Incarnation, half.Receiver.Received, (ulong)half.Connection));
        if (!half.Receiver.IsAsking) return;
        var (first, last) = half.Receiver.Missing;
        _writer.Write(new ResendRequest(first, last, (ulong)half.Connection));
    }
}
