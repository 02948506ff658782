using System.Text;

namespace Topology.Messaging;

/// <summary>
/// The link to one peer under one generation: says hello, sends, takes in, acknowledges, watches over the peer's life, says goodbye. Knows no socket; time is an
/// argument, in ticks of 100 ns. Used by one thread.
/// </summary>
/// <remarks>What it does is told in the folder's README.</remarks>
internal sealed partial class Link
{
    private readonly LinkContext _context;
    private readonly LinkCounters _counters;
    private readonly byte[] _userId;
    private long _nextBeat;
    private long _heardAt;
    private bool _leaves;

    /// <param name="context">What all links of the worker share.</param>
    /// <param name="peer">The other end.</param>
    /// <param name="outboxes">What is handed over for it.</param>
    /// <param name="wire">The connections to it.</param>
    /// <param name="counters">What is counted.</param>
    /// <param name="now">The time.</param>
    public Link(LinkContext context, LinkPeer peer, OutboxTable outboxes, IPeerWire wire, LinkCounters counters, long now)
    {
        (_context, Peer, Wire, _counters, _heardAt, _nextBeat) = (context, peer, wire, counters, now, now);
        _userId = Encoding.UTF8.GetBytes(peer.UserId);
        Data = new(outboxes.To(peer.Worker, LinkConnection.Data), context.Options, counters);
        Control = new(outboxes.To(peer.Worker, LinkConnection.Control), context.Options, counters);
        Generation = outboxes.Set.Generation;
        Data.ConnectsSeen = wire.ConnectsOf(LinkConnection.Data);
        Control.ConnectsSeen = wire.ConnectsOf(LinkConnection.Control);
    }

    /// <summary>The other end.</summary>
    public LinkPeer Peer { get; }

    /// <summary>The generation that it belongs to.</summary>
    public ulong Generation { get; }

    /// <summary>The connections to the peer.</summary>
    public IPeerWire Wire { get; }

    /// <summary>The connections for rows.</summary>
    public LinkHalf Data { get; }

    /// <summary>The connections for everything else.</summary>
    public LinkHalf Control { get; }

    /// <summary>What it is at.</summary>
    public LinkState State { get; private set; }

    /// <summary>Whether the peer said hello.</summary>
    public bool WasHeard { get; private set; }

    /// <summary>What was refused in the peer's name.</summary>
    public RefusalCounters Refused => _counters.Refused;

    /// <summary>What its frames begin with.</summary>
    public FrameHeader Header => Data.Outbox.Header;

    /// <summary>Whether nothing is sent any more, but for answers.</summary>
    public bool HasEnded => State is LinkState.Closed or LinkState.Lost;

    /// <summary>Whether something was handed over that could be sent at once.</summary>
    public bool HasWork => CanSend && (Data.HasWork || Control.HasWork);

    /// <summary>Whether it has ended and the peer was told what it waits to hear, or cannot be.</summary>
    public bool IsSettled => State == LinkState.Lost || (State == LinkState.Closed && (Control.IsBlocked || AcknowledgeAt == long.MaxValue));

    private bool CanSend => State is LinkState.Up or LinkState.Leaving;

    private bool IsAcknowledgementDue(long now) => AcknowledgeAt <= now;

    private long AcknowledgeAt => Math.Min(Data.Receiver.AcknowledgeAt, Control.Receiver.AcknowledgeAt);

    /// <summary>Whether the name that the wire gives a sender is the peer's.</summary>
    public bool IsFrom(ReadOnlySpan<byte> userId) => userId.SequenceEqual(_userId);

    /// <summary>The connections of a kind.</summary>
    public LinkHalf Half(LinkConnection connection) => connection == LinkConnection.Data ? Data : Control;

    /// <summary>When it has something to do at the latest, other than by what comes in or is handed over.</summary>
    public long NextDeadline()
    {
        if (State == LinkState.Lost) return long.MaxValue;
        var acknowledgement = Control.IsBlocked ? long.MaxValue : AcknowledgeAt;
        return State == LinkState.Closed ? acknowledgement : Math.Min(acknowledgement, _nextBeat);
    }

    /// <summary>This side was not running for so long: nothing that the peer did not do meanwhile counts against it.</summary>
    public void Forgive(long ticks)
    {
        _heardAt += ticks;
        Data.StalledSince += ticks;
        Control.StalledSince += ticks;
        Data.GapSince += ticks;
        Control.GapSince += ticks;
    }

    /// <summary>Counts a frame that was refused, and logs the first of each reason.</summary>
    public void Refuse(Refusal reason)
    {
        if (Refused.Count(reason)) _context.LogRefusal(reason, $"of worker {Peer.Worker}, incarnation {Peer.Incarnation:x16}");
    }

    /// <summary>This side leaves: whatever was handed over is sent, then goodbye.</summary>
    public void Leave()
    {
        _leaves = true;
        if (State == LinkState.Up) State = LinkState.Leaving;

        // Nobody heard of this link, and nobody has to.
        else if (State == LinkState.Connecting && !Data.Sender.HasNext && !Control.Sender.HasNext) Close();
    }

    /// <summary>Another generation takes its place.</summary>
    public void Retire()
    {
        if (HasEnded) return;
        State = LinkState.Closed;
        Drop();
    }

    /// <summary>Ends the link, once, and tells so.</summary>
    public void Lose(LossReason reason, string detail, Exception? error = null)
    {
        if (HasEnded) return;
        State = LinkState.Lost;
        Wire.Dispose();
        Drop();
        _context.Lose(new(Peer, Generation, reason, detail, error));
    }

    /// <summary>Notices new connections, and what time brings.</summary>
    public void Watch(long now)
    {
        if (State == LinkState.Lost) return;
        WatchConnects(Data);
        WatchConnects(Control);
        if (State == LinkState.Closed) return;
        Data.WatchProgress(now);
        Control.WatchProgress(now);
        CheckLimits(now);
        if (!HasEnded && now >= _nextBeat) Beat(now);
    }

    private void WatchConnects(LinkHalf half)
    {
        var connects = Wire.ConnectsOf(half.Connection);
        if (connects == half.ConnectsSeen) return;

        // The first is none again. What was on its way may be lost: the hello says where this side stands, and the peer asks for the rest.
        for (var i = Math.Max(1, half.ConnectsSeen); i < connects; i++) _counters.CountReconnect();
        half.ConnectsSeen = connects;
        half.IsHelloDue = State != LinkState.Closed;
        if (half != Control) return;
        Data.Receiver.Repeat();
        Control.Receiver.Repeat();
    }

    private void CheckLimits(long now)
    {
        var options = _context.Options;
        var (limit, reason) = WasHeard ? (options.SilenceLimit, LossReason.Silent) : (options.ConnectLimit, LossReason.NeverConnected);
        if (now - _heardAt > limit.Ticks) Lose(reason, $"Nothing was heard of worker {Peer.Worker} for {limit}.");
        else if (HasGap(Data, now) || HasGap(Control, now)) Lose(LossReason.Gap, $"Worker {Peer.Worker} misses frames that it had acknowledged.");
        else if (IsStalled(Data, now) || IsStalled(Control, now)) Lose(LossReason.Stalled, $"Worker {Peer.Worker} acknowledged nothing for {options.StallLimit}.");
    }

    private bool HasGap(LinkHalf half, long now) => half.GapSince is { } since && now - since > _context.Options.SilenceLimit.Ticks;

    private bool IsStalled(LinkHalf half, long now) => half.Sender.IsAwaiting && now - half.StalledSince > _context.Options.StallLimit.Ticks;

    private void Beat(long now)
    {
        var isConnected = WasHeard && !Data.IsHelloDue && !Control.IsHelloDue;
        _nextBeat = now + (isConnected ? _context.Options.HeartbeatInterval : _context.Options.HelloInterval).Ticks;
        Wire.Retry();
        foreach (var half in (ReadOnlySpan<LinkHalf>)[Data, Control])
        {
            half.IsHeartbeatDue = WasHeard;
            half.IsHelloDue |= !WasHeard;
        }
    }

    private void Close()
    {
        State = LinkState.Closed;
        Drop();
    }

    private void Drop()
    {
        Data.Sender.Close();
        Control.Sender.Close();
        TellOfRoom();
    }

    private void TellOfRoom()
    {
        if (Data.Outbox.TakeRoomWanted()) _context.Handler.OnRoom(Peer, LinkConnection.Data);
        if (Control.Outbox.TakeRoomWanted()) _context.Handler.OnRoom(Peer, LinkConnection.Control);
    }
}
