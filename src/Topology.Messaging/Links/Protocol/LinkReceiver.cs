namespace Topology.Messaging;

/// <summary>
/// The receiving side of one connection: lets each frame through once and in order, asks for what is missing, and tells when to acknowledge. Knows no socket.
/// Used by one thread.
/// </summary>
/// <param name="options">When to acknowledge.</param>
internal sealed class LinkReceiver(LinkOptions options)
{
    private readonly long _delay = options.AcknowledgeDelay.Ticks;
    private int _frames;
    private int _bytes;
    private ulong _missingUpTo;
    private ulong _askedFrom;
    private ulong _askedUpTo;

    /// <summary>The last frame up to which all have come in.</summary>
    public ulong Received { get; private set; }

    /// <summary>When what came in is to be acknowledged at the latest, in ticks; <see cref="long.MaxValue"/> when nothing is.</summary>
    public long AcknowledgeAt { get; private set; } = long.MaxValue;

    /// <summary>Whether frames are to be asked for.</summary>
    public bool IsAsking => _missingUpTo > Received;

    /// <summary>The frames to ask for.</summary>
    public (ulong First, ulong Last) Missing => (Received + 1, _missingUpTo);

    /// <summary>Takes a frame in.</summary>
    /// <param name="sequence">From 1 on.</param>
    /// <param name="size">In bytes.</param>
    /// <param name="now">In ticks.</param>
    public Arrival Accept(ulong sequence, int size, long now)
    {
        if (sequence > Received + 1)
        {
            // Once: all that follow until it comes say the same.
            if (_askedFrom != Received + 1) Ask(sequence - 1);
            return Arrival.AfterGap;
        }

        AcknowledgeSoon(size, now);
        if (sequence <= Received) return Arrival.Duplicate;
        Received = sequence;
        return Arrival.Next;
    }

    /// <summary>The peer has put all frames up to that one on the connection that this came on: those that are not here are lost.</summary>
    public void OnSent(ulong sent)
    {
        if (sent > Received) Ask(sent);
    }

    /// <summary>What came in is to be acknowledged at once.</summary>
    public void AcknowledgeNow() => AcknowledgeAt = 0;

    /// <summary>What was acknowledged or asked for last may be lost: it is said again.</summary>
    public void Repeat()
    {
        if (_askedFrom == Received + 1) _missingUpTo = _askedUpTo;
        AcknowledgeNow();
    }

    /// <summary>An acknowledgement is on its way, and with it what is asked for.</summary>
    public void MarkAcknowledged()
    {
        (_frames, _bytes, AcknowledgeAt, _missingUpTo) = (0, 0, long.MaxValue, 0);
    }

    private void Ask(ulong last)
    {
        (_missingUpTo, _askedFrom, _askedUpTo) = (last, Received + 1, last);
        AcknowledgeNow();
    }

    private void AcknowledgeSoon(int size, long now)
    {
        _frames++;
        _bytes += size;
        if (_frames >= options.AcknowledgeFrames || _bytes >= options.AcknowledgeBytes) AcknowledgeNow();
        else AcknowledgeAt = Math.Min(AcknowledgeAt, now + _delay);
    }
}
