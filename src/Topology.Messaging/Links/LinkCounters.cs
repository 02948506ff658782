namespace Topology.Messaging;

/// <summary>What went over the link to one peer, whatever the generation. Written by the thread that turns the links, read by any.</summary>
/// <param name="from">This worker's number.</param>
/// <param name="to">The peer's number.</param>
/// <param name="incarnation">The peer's incarnation.</param>
internal sealed class LinkCounters(uint from, uint to, ulong incarnation)
{
    private long _framesSent;
    private long _bytesSent;
    private long _framesReceived;
    private long _bytesReceived;
    private long _resent;
    private long _duplicates;
    private long _afterGaps;
    private long _stale;
    private long _reconnects;

    /// <summary>This worker's number.</summary>
    public uint From { get; } = from;

    /// <summary>The peer's number.</summary>
    public uint To { get; } = to;

    /// <summary>The peer's incarnation.</summary>
    public ulong Incarnation { get; } = incarnation;

    /// <summary>Frames that were handed over and sent, each counted once. The link's own are not among them.</summary>
    public long FramesSent => Volatile.Read(ref _framesSent);

    /// <summary>The bytes of those frames.</summary>
    public long BytesSent => Volatile.Read(ref _bytesSent);

    /// <summary>Frames that came in and were handed on.</summary>
    public long FramesReceived => Volatile.Read(ref _framesReceived);

    /// <summary>The bytes of those frames.</summary>
    public long BytesReceived => Volatile.Read(ref _bytesReceived);

    /// <summary>Frames that were sent once more.</summary>
    public long Resent => Volatile.Read(ref _resent);

    /// <summary>Frames that came in once more, and were dropped.</summary>
    public long Duplicates => Volatile.Read(ref _duplicates);

    /// <summary>Frames that came in behind a gap, and were dropped: they come again with those that are missing.</summary>
    public long AfterGaps => Volatile.Read(ref _afterGaps);

    /// <summary>Frames that were handed over with the header of another generation, and not sent.</summary>
    public long Stale => Volatile.Read(ref _stale);

    /// <summary>How often a connection to the peer came into being again.</summary>
    public long Reconnects => Volatile.Read(ref _reconnects);

    /// <summary>What came in the peer's name and was refused.</summary>
    public RefusalCounters Refused { get; } = new();

    public void CountSent(int bytes)
    {
        Volatile.Write(ref _framesSent, _framesSent + 1);
        Volatile.Write(ref _bytesSent, _bytesSent + bytes);
    }

    public void CountReceived(int bytes)
    {
        Volatile.Write(ref _framesReceived, _framesReceived + 1);
        Volatile.Write(ref _bytesReceived, _bytesReceived + bytes);
    }

    public void CountResent() => Volatile.Write(ref _resent, _resent + 1);

    public void CountDuplicate() => Volatile.Write(ref _duplicates, _duplicates + 1);

    public void CountAfterGap() => Volatile.Write(ref _afterGaps, _afterGaps + 1);

    public void CountStale() => Volatile.Write(ref _stale, _stale + 1);

    public void CountReconnect() => Volatile.Write(ref _reconnects, _reconnects + 1);
}
