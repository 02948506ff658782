namespace Topology.Messaging;

/// <summary>
/// Where any thread hands finished frames over that are for one peer on one of its connections, under one generation. Bounded: what waits here and what was
/// sent but not acknowledged counts together. Allocates nothing.
/// </summary>
internal sealed class Outbox
{
    // How many frames wait and how many bytes their buffers have, in one number, so that both are bounded by one exchange.
    private const int FrameShift = 44;
    private const long OneFrame = 1L << FrameShift;
    private const long ByteMask = OneFrame - 1;

    private readonly MpscRing<FrameBuffer> _ring;
    private readonly FrameBufferPool _buffers;
    private readonly Action _wake;
    private readonly long _mostBytes;
    private readonly int _mostFrames;
    private readonly int _largestFrame;
    private long _waiting;
    private bool _isRoomWanted;
    private bool _isClosed;

    /// <param name="peer">Whom its frames go to.</param>
    /// <param name="connection">On which connection.</param>
    /// <param name="header">What its frames begin with, but for the sequence.</param>
    /// <param name="options">The limits.</param>
    /// <param name="buffers">Where its frames' buffers go in the end.</param>
    /// <param name="wake">Wakes the link thread if it is parked; legal from any thread.</param>
    public Outbox(LinkPeer peer, LinkConnection connection, FrameHeader header, LinkOptions options, FrameBufferPool buffers, Action wake)
    {
        (Peer, Connection, Header, _buffers, _wake) = (peer, connection, header, buffers, wake);
        _mostBytes = options.KeptBytes(connection);
        _mostFrames = options.KeptFrames;
        _largestFrame = options.LargestFrame;
        _ring = new(options.KeptFrames);
    }

    /// <summary>Whom the frames go to.</summary>
    public LinkPeer Peer { get; }

    /// <summary>On which connection.</summary>
    public LinkConnection Connection { get; }

    /// <summary>What to begin its frames with: a frame with another header is not sent.</summary>
    public FrameHeader Header { get; }

    /// <summary>Frames that wait: not sent, or not acknowledged. Legal from any thread.</summary>
    public int WaitingFrames => (int)(Volatile.Read(ref _waiting) >> FrameShift);

    /// <summary>The bytes of their buffers. Legal from any thread.</summary>
    public long WaitingBytes => Volatile.Read(ref _waiting) & ByteMask;

    /// <summary>Whether the link has ended, so that whatever is handed over is dropped.</summary>
    public bool IsClosed => Volatile.Read(ref _isClosed);

    /// <summary>Read by the link thread: whether nothing was handed over that it has not taken.</summary>
    public bool IsEmpty => _ring.IsEmpty;

    /// <summary>
    /// Hands a frame over. Legal from any thread; frames of one thread stay in order. Once the link has ended the frame is taken and dropped: who has to know
    /// hears of it by <see cref="ILinkHandler.OnLost"/>.
    /// </summary>
    /// <param name="frame">A finished frame that begins with <see cref="Header"/>. Taken, it is the link's, which gives it back to its pool.</param>
    /// <returns>False when there is no room: the frame stays with the caller, and <see cref="ILinkHandler.OnRoom"/> tells when to try again.</returns>
    /// <exception cref="ArgumentException">The frame is larger than a link takes, so that it could never be sent.</exception>
    public bool TrySend(FrameBuffer frame)
    {
        if (frame.Written > _largestFrame) throw new ArgumentException($"A frame of {frame.Written:N0} bytes: links take {_largestFrame:N0} at most.", nameof(frame));
        if (IsClosed)
        {
            _buffers.Return(frame);
            return true;
        }

        if (!TryReserve(frame.Size) && !TryReserveOnceMore(frame.Size)) return false;

        // There is room, since no more frames are let in than the ring has slots.
        _ring.TryPut(frame);
        _wake();
        return true;
    }

    /// <summary>Called by the link thread.</summary>
    public FrameBuffer? TryTake() => _ring.TryTake();

    /// <summary>Called by the link thread: a frame need not be kept any more.</summary>
    public void Release(FrameBuffer frame)
    {
        Interlocked.Add(ref _waiting, -(OneFrame + frame.Size));
        _buffers.Return(frame);
    }

    /// <summary>Called by the link thread after releases: whether somebody was refused and should be told to try again. A quarter has to be free, so that it is worth it.</summary>
    public bool TakeRoomWanted()
    {
        if (!Volatile.Read(ref _isRoomWanted)) return false;
        var hasRoom = WaitingBytes <= _mostBytes / 4 * 3 && WaitingFrames <= _mostFrames - Math.Max(1, _mostFrames / 4);
        if (!hasRoom && !IsClosed && WaitingFrames > 0) return false;
        Volatile.Write(ref _isRoomWanted, false);
        return true;
    }

    /// <summary>Called by the link thread: nothing is taken any more, and what was handed over and not taken is dropped. Harmless a second time.</summary>
    public void Close()
    {
        Volatile.Write(ref _isClosed, true);
        Interlocked.MemoryBarrier();
        while (_ring.TryTake() is { } frame) Release(frame);
    }

    private bool TryReserve(int size)
    {
        var waiting = Volatile.Read(ref _waiting);
        while (true)
        {
            // One frame is let in however large it is: else it could never be sent.
            var fits = waiting == 0 || ((waiting & ByteMask) + size <= _mostBytes && waiting >> FrameShift < _mostFrames);
            if (!fits) return false;
            var seen = Interlocked.CompareExchange(ref _waiting, waiting + OneFrame + size, waiting);
            if (seen == waiting) return true;
            waiting = seen;
        }
    }

    /// <summary>Asks to be told of room, then looks once more: it may have come just before.</summary>
    private bool TryReserveOnceMore(int size)
    {
        Volatile.Write(ref _isRoomWanted, true);
        Interlocked.MemoryBarrier();
        return TryReserve(size);
    }
}
