namespace Topology.Messaging;

/// <summary>One of a link's connections to the peer, and the one of the same kind from it.</summary>
/// <param name="outbox">What is to be sent.</param>
/// <param name="options">The limits.</param>
/// <param name="counters">What is counted.</param>
internal sealed class LinkHalf(Outbox outbox, LinkOptions options, LinkCounters counters)
{
    private ulong _progressAt;

    /// <summary>Of which kind.</summary>
    public LinkConnection Connection => Outbox.Connection;

    /// <summary>What is to be sent.</summary>
    public Outbox Outbox { get; } = outbox;

    /// <summary>The side that sends.</summary>
    public LinkSender Sender { get; } = new(outbox, options, counters);

    /// <summary>The side that receives.</summary>
    public LinkReceiver Receiver { get; } = new(options);

    /// <summary>How often the connection to the peer had come into being when hello was said last.</summary>
    public int ConnectsSeen { get; set; }

    /// <summary>Whether hello is to be said.</summary>
    public bool IsHelloDue { get; set; }

    /// <summary>Whether a heartbeat is to be sent.</summary>
    public bool IsHeartbeatDue { get; set; }

    /// <summary>Whether the wire refused the last frame. It tells when to try again, so until then there is nothing to do.</summary>
    public bool IsBlocked { get; set; }

    /// <summary>Whether the peer said goodbye on its connection, behind all that it sent.</summary>
    public bool HasPeerLeft { get; set; }

    /// <summary>Since when the peer has asked for frames that it had acknowledged, and acknowledged none, in ticks; null when it has not.</summary>
    public long? GapSince { get; set; }

    /// <summary>Since when the peer could have acknowledged something and has not, in ticks.</summary>
    public long StalledSince { get; set; }

    /// <summary>Whether something was handed over that could be sent at once.</summary>
    public bool HasWork => !IsBlocked && Sender.HasNext;

    /// <summary>Notes when the peer last acknowledged something, or there was nothing to acknowledge.</summary>
    public void WatchProgress(long now)
    {
        if (Sender.IsAwaiting && Sender.Acknowledged == _progressAt) return;
        _progressAt = Sender.Acknowledged;
        StalledSince = now;
    }
}
