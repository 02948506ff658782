using System.Numerics;

namespace Topology.Messaging;

/// <summary>
/// The sending side of one connection: gives frames their sequence, keeps them until they are acknowledged, and goes back when the peer misses some. Knows no
/// socket and no clock. Used by one thread.
/// </summary>
/// <param name="outbox">Where frames come from.</param>
/// <param name="options">The limits.</param>
/// <param name="counters">What is counted.</param>
internal sealed class LinkSender(Outbox outbox, LinkOptions options, LinkCounters counters)
{
    private const ulong None = 0;

    // One more than the outbox lets in, for the goodbye.
    private readonly FrameBuffer?[] _kept = new FrameBuffer?[BitOperations.RoundUpToPowerOf2((uint)options.KeptFrames + 1)];
    private ulong _next = 1;
    private ulong _last;
    private ulong _highest;
    private ulong _goodbye = None;

    /// <summary>The last frame that was put on the connection: all before it went the same way, so whoever reads this behind it knows what is missing.</summary>
    public ulong Sent => _next - 1;

    /// <summary>The last frame that has a sequence.</summary>
    public ulong Last => _last;

    /// <summary>The last frame up to which the peer has all.</summary>
    public ulong Acknowledged { get; private set; }

    /// <summary>Whether something was sent or has a sequence, and is not acknowledged.</summary>
    public bool IsAwaiting => Acknowledged < _last;

    /// <summary>Whether there is a frame to be sent.</summary>
    public bool HasNext => _next <= _last || !outbox.IsEmpty;

    /// <summary>Whether the goodbye was acknowledged, and so everything.</summary>
    public bool IsFinished => _goodbye != None && Acknowledged >= _goodbye;

    /// <summary>Whether the goodbye has its place.</summary>
    public bool SaidGoodbye => _goodbye != None;

    /// <summary>The frame to be sent next, null if there is none. The same until <see cref="MarkSent"/>.</summary>
    public FrameBuffer? Next() => _next <= _last ? _kept[Slot(_next)] : TakeNew();

    /// <summary>The frame that <see cref="Next"/> gave is on its way.</summary>
    public void MarkSent()
    {
        if (_next <= _highest)
        {
            counters.CountResent();
        }
        else
        {
            _highest = _next;
            if (_next != _goodbye) counters.CountSent(_kept[Slot(_next)]!.Written);
        }

        _next++;
    }

    /// <summary>Lets go of all frames up to one.</summary>
    /// <returns>False when that was never sent: the peer makes it up.</returns>
    public bool TryAcknowledge(ulong received)
    {
        if (received > _highest) return false;
        while (Acknowledged < received) Release(++Acknowledged);
        _next = Math.Max(_next, Acknowledged + 1);
        return true;
    }

    /// <summary>Goes back, so that a frame and all after it are sent again.</summary>
    /// <returns>False when the frame is not kept any more.</returns>
    public bool TryRewind(ulong first)
    {
        if (first <= Acknowledged) return false;
        _next = Math.Min(_next, first);
        return true;
    }

    /// <summary>Puts the goodbye behind the last frame. Nothing is taken from the outbox from then on.</summary>
    /// <param name="frame">Its bytes; never given to a pool.</param>
    public void SayGoodbye(FrameBuffer frame)
    {
        Keep(frame);
        _goodbye = _last;
        outbox.Close();
    }

    /// <summary>Lets go of everything: the link has ended.</summary>
    public void Close()
    {
        while (Acknowledged < _last) Release(++Acknowledged);
        _next = _last + 1;
        outbox.Close();
    }

    private int Slot(ulong sequence) => (int)(sequence & (ulong)(_kept.Length - 1));

    private FrameBuffer? TakeNew()
    {
        while (outbox.TryTake() is { } frame)
        {
            if (IsCurrent(frame))
            {
                Keep(frame);
                return frame;
            }

            // Written before the writer knew of the generation: sent, it would be a hole in the sequence.
            counters.CountStale();
            outbox.Release(frame);
        }

        return null;
    }

    private bool IsCurrent(FrameBuffer frame) =>
        FrameHeader.TryRead(frame.WrittenSpan, out var header, out _) == WireError.None && header with { Sequence = 0 } == outbox.Header;

    private void Keep(FrameBuffer frame)
    {
        FrameHeader.WriteSequence(frame.WrittenSpan, ++_last);
        _kept[Slot(_last)] = frame;
    }

    private void Release(ulong sequence)
    {
        ref var slot = ref _kept[Slot(sequence)];
        if (sequence != _goodbye) outbox.Release(slot!);
        slot = null;
    }
}
