namespace Topology.Messaging;

/// <summary>
/// All links of one worker. Does nothing by itself: whoever owns it calls <see cref="Turn"/>, a <see cref="LinkThread"/> or a simulation. It knows no socket and
/// no clock but those that it is given.
/// </summary>
internal sealed class WorkerLinks : IWireReceiver
{
    private readonly LinkContext _context;
    private readonly LinkResources _resources;
    private readonly ILinkWire _wire;
    private readonly long _start;
    private readonly Lock _lock = new();

    // Written under the lock, by whoever assigns.
    private readonly Dictionary<ulong, LinkCounters> _counters = [];
    private OutboxTable? _newest;

    // Handed from whoever assigns to the turning thread.
    private OutboxTable? _pending;
    private bool _leaves;

    // Written by the turning thread.
    private readonly Dictionary<ulong, Link> _byIncarnation = [];
    private Link[] _links = [];
    private ulong _generation;
    private long _now;
    private TimeSpan _wanted = Timeout.InfiniteTimeSpan;

    /// <param name="me">This worker.</param>
    /// <param name="wire">What carries frames. The owner of this disposes of it.</param>
    /// <param name="handler">Who uses the links.</param>
    /// <param name="options">The limits.</param>
    /// <param name="resources">Pools, clock and log.</param>
    public WorkerLinks(WorkerIdentity me, ILinkWire wire, ILinkHandler handler, LinkOptions options, LinkResources resources)
    {
        _context = new(me, options, handler, resources.Log);
        (_wire, _resources, _start) = (wire, resources, resources.Time.GetTimestamp());
    }

    /// <summary>What was refused and can be put to no peer: no frame, another topology's, an unknown sender's. Legal from any thread.</summary>
    public RefusalCounters Refused { get; } = new();

    /// <summary>What went over each link of the newest set, also under generations before. Legal from any thread.</summary>
    public IReadOnlyList<LinkCounters> Counters
    {
        get
        {
            lock (_lock) return [.. _counters.Values];
        }
    }

    /// <summary>Whether every link has come to its end and owes its peer no answer. Read by the turning thread.</summary>
    public bool AreSettled => Volatile.Read(ref _pending) is null && Array.TrueForAll(_links, link => link.IsSettled);

    /// <summary>Whether a turn would find something to do, other than what the wire tells of. Read by the turning thread.</summary>
    public bool HasWork => Volatile.Read(ref _pending) is not null || Volatile.Read(ref _leaves) != IsLeaving || Array.Exists(_links, link => link.HasWork);

    /// <summary>How long nothing is to be done unless the wire has something, or <see cref="HasWork"/>. For the turning thread.</summary>
    public TimeSpan Rest
    {
        get
        {
            var deadline = long.MaxValue;
            foreach (var link in _links) deadline = Math.Min(deadline, link.NextDeadline());
            if (_wanted != Timeout.InfiniteTimeSpan) deadline = Math.Min(deadline, _now + _wanted.Ticks);
            return deadline == long.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromTicks(Math.Max(0, deadline - Now()));
        }
    }

    /// <summary>
    /// Raises the generation: from the next turn on only these peers are talked to, and only frames of this generation are sent or taken. What waits in the
    /// outboxes of the generation before is dropped. Legal from any thread.
    /// </summary>
    /// <returns>Where to hand over frames from now on.</returns>
    /// <exception cref="ArgumentException">
    /// The generation is not higher than the one before, or peers cannot be told apart, or one has an address or key that the wire has no use for.
    /// </exception>
    public OutboxTable Assign(PeerSet set)
    {
        set.Validate(_context.Me);
        foreach (var peer in set.Peers) _wire.Require(peer);
        lock (_lock)
        {
            if (set.Generation <= (_newest?.Set.Generation ?? 0)) throw new ArgumentException($"Generation {set.Generation} is not higher than the one before.");
            _newest = new(set, (peer, connection) => MakeOutbox(set.Generation, peer, connection));
            KeepCounters(set);
            _newest.Superseded = Interlocked.Exchange(ref _pending, null);
            Volatile.Write(ref _pending, _newest);
        }

        _wire.Wake();
        return _newest;
    }

    /// <summary>From the next turn on every link sends what was handed over before, then says goodbye. Legal from any thread.</summary>
    public void Leave()
    {
        Volatile.Write(ref _leaves, true);
        _wire.Wake();
    }

    /// <summary>Reads, control first; sends, control first; sees to what time brings. Bounded, and never waits.</summary>
    /// <returns>Whether anything came in or went out.</returns>
    public bool Turn()
    {
        PassTime();
        if (Volatile.Read(ref _pending) is not null && Interlocked.Exchange(ref _pending, null) is { } table) Apply(table);
        if (Volatile.Read(ref _leaves)) LeaveAll();
        _wire.Refresh();
        var received = _wire.Receive(LinkConnection.Control, _context.Options.ControlFramesPerTurn, this);
        foreach (var link in _links) link.Watch(_now);
        var sent = false;
        foreach (var link in _links) sent |= link.SendControl(_now);
        received += _wire.Receive(LinkConnection.Data, _context.Options.DataFramesPerTurn, this);
        foreach (var link in _links) sent |= link.SendData();
        _wanted = _context.Handler.OnTurn();
        return sent || received > 0;
    }

    /// <summary>Whether the links have begun to leave. Read by the turning thread.</summary>
    public bool IsLeaving { get; private set; }

    /// <summary>Loses every link that has not ended, since nobody will turn them any more.</summary>
    public void Fail(Exception error)
    {
        foreach (var link in _links) link.Lose(LossReason.ThreadFailed, $"The link thread failed: {error.Message}", error);
    }

    /// <inheritdoc/>
    void IWireReceiver.OnFrame(LinkConnection connection, ReadOnlySpan<byte> frame, ReadOnlySpan<byte> userId)
    {
        if (FrameReader.TryOpen(frame, out var reader) != WireError.None)
        {
            Refuse(Refusal.NotAFrame);
        }
        else if (reader.Header.Topology != _context.Me.Topology)
        {
            Refuse(Refusal.OtherTopology);
        }
        else if (!_byIncarnation.TryGetValue(reader.Header.Incarnation, out var link))
        {
            Refuse(Refusal.UnknownSender);
        }
        else if (_wire.Authenticates(link.Peer) ? !link.IsFrom(userId) : !userId.IsEmpty)
        {
            Refuse(Refusal.Impostor);
        }
        else if (reader.Header.Generation != _generation)
        {
            link.Refuse(Refusal.OtherGeneration);
        }
        else
        {
            link.OnFrame(connection, reader, frame, _now);
        }
    }

    private void LeaveAll()
    {
        IsLeaving = true;
        foreach (var link in _links) link.Leave();
    }

    private long Now() => _resources.Time.GetElapsedTime(_start).Ticks;

    private void Refuse(Refusal reason)
    {
        if (Refused.Count(reason)) _context.LogRefusal(reason, "that belongs to no link");
    }

    /// <summary>A process that was stopped, or a host that slept, must not take its own absence for that of its peers: what they sent is still to be read.</summary>
    private void PassTime()
    {
        var now = Now();
        var interval = _context.Options.HeartbeatInterval.Ticks;
        if (now - _now > 2 * interval)
            foreach (var link in _links) link.Forgive(now - _now - interval);
        _now = now;
    }

    private Outbox MakeOutbox(ulong generation, LinkPeer peer, LinkConnection connection)
    {
        var header = new FrameHeader(_context.Me.Topology, generation, _context.Me.Incarnation, 0);
        return new(peer, connection, header, _context.Options, _resources.BuffersOf(connection), _wire.Wake);
    }

    private void KeepCounters(PeerSet set)
    {
        var incarnations = set.Peers.Select(peer => peer.Incarnation).ToHashSet();
        foreach (var gone in _counters.Keys.Where(incarnation => !incarnations.Contains(incarnation)).ToList()) _counters.Remove(gone);
        foreach (var peer in set.Peers) _counters.TryAdd(peer.Incarnation, new(_context.Me.Worker, peer.Worker, peer.Incarnation));
    }

    // Apart from the turn, which would make the closures below each time.
    private void Apply(OutboxTable table)
    {
        for (var superseded = table.Superseded; superseded is not null; superseded = superseded.Superseded) Close(superseded);
        table.Superseded = null;
        foreach (var link in _links) link.Retire();
        _generation = table.Set.Generation;
        _context.Handler.OnGeneration(_generation);
        _wire.Admit(table.Set.Peers);
        var before = _links;
        _links = [.. table.Set.Peers.Select(peer => Connect(peer, table, before))];
        foreach (var link in before)
            if (!Array.Exists(_links, kept => ReferenceEquals(kept.Wire, link.Wire))) link.Wire.Dispose();
        _byIncarnation.Clear();
        foreach (var link in _links) _byIncarnation.Add(link.Peer.Incarnation, link);
    }

    /// <summary>A connection lives as long as the peer's incarnation: a new generation takes it over.</summary>
    private Link Connect(LinkPeer peer, OutboxTable table, Link[] before)
    {
        var kept = Array.Find(before, link => link.Peer == peer && link.State != LinkState.Lost)?.Wire;
        LinkCounters counters;
        lock (_lock) counters = _counters.TryGetValue(peer.Incarnation, out var found) ? found : new(_context.Me.Worker, peer.Worker, peer.Incarnation);
        return new(_context, peer, table, kept ?? _wire.Connect(peer), counters, _now);
    }

    private void Close(OutboxTable table)
    {
        foreach (var outbox in table.All)
        {
            outbox.Close();
            if (outbox.TakeRoomWanted()) _context.Handler.OnRoom(outbox.Peer, outbox.Connection);
        }
    }
}
