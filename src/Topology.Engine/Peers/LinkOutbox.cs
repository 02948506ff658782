using Topology.Messaging;

namespace Topology.Engine;

/// <summary>
/// What one executor has for another worker. Rows are encoded on the executor's thread, into frames that leave when they are large enough or the turn ends. Between two
/// generations they wait; what the last one had in frames is gone with it.
/// </summary>
internal sealed class LinkOutbox : Outbox
{
    private readonly Peer _peer;
    private readonly int _sender;
    private readonly List<CreditGate> _gates = [];
    private PeerGeneration? _generation;
    private FrameWriter? _writer;
    private FrameBuffer? _finished;
    private bool _isOpen;
    private ulong _sequence;

    // The first row of the batch in front that is not in a frame yet.
    private int _row;

    // Rows in the open frame, and in the finished one.
    private int _inFrame;
    private int _inFinished;

    // Rows handed to links, of all generations; and of those that are over. Read by other threads as well.
    private long _handedOver;
    private long _handedBefore;

    public LinkOutbox(Peer peer, int sender) : base(peer.Batches)
    {
        (_peer, _sender) = (peer, sender);
        Lane = peer.MakeLane(sender);
        peer.AddSender(sender);
    }

    /// <summary>Where the gates to the peer's executors see their credit, before the first generation.</summary>
    public Lane Lane { get; }

    /// <summary>Rows that have left this worker. Read by other threads as well.</summary>
    public long RowsHandedOver => Volatile.Read(ref _handedOver);

    /// <summary>Rows of this generation that have left, and that the peer has not told of as worked off. Read by other threads as well, for which it is an estimate while there are any.</summary>
    public long RowsAway
    {
        get
        {
            if (_peer.Current is null) return 0;
            var done = _gates.Sum(gate => gate.Done);
            return Math.Max(0, RowsHandedOver - Volatile.Read(ref _handedBefore) - done);
        }
    }

    /// <summary>A channel to one of the peer's executors. Before the start.</summary>
    public void Add(CreditGate gate) => _gates.Add(gate);

    protected override bool TryPut(TupleBatch batch)
    {
        Follow();
        if (_generation is not { } generation) return false;
        while (_row < batch.Count)
        {
            if (!TrySendFinished()) return false;
            var writer = Open(generation.Link);
            var next = writer.WriteRows(new Channel((uint)_sender, (uint)_peer.Number), _sequence, batch, _row);
            if (next == _row && writer.IsEmpty) throw new TopologyException($"A row is larger than {FrameBuffer.Largest:N0} bytes, the largest frame. Lower topology.max-value.");
            if (next > _row) _sequence++;
            _inFrame += next - _row;
            _row = next;
            if (_row < batch.Count || !writer.HasRoom) Finish();
        }

        _row = 0;
        batch.Release(batch.RunCount);
        return true;
    }

    // Between two generations the next one wakes everybody.
    protected override void WaitForRoom() => _generation?.Link.WaitForRoom(_sender);

    // A frame leaves in the middle of a turn only when it is large enough.
    protected override void NotePut()
    {
        if (_finished is not null) TrySendFinished();
    }

    protected override bool TryAnnounce()
    {
        Follow();
        if (!TrySendFinished()) return AskForRoom();
        if (!_isOpen) return true;
        Finish();
        return TrySendFinished() || AskForRoom();
    }

    private bool AskForRoom()
    {
        WaitForRoom();
        return TrySendFinished();
    }

    private bool TrySendFinished()
    {
        if (_finished is null) return true;
        if (!_generation!.Link.TrySendRows(_finished)) return false;
        _finished = null;
        CountFinished();
        return true;
    }

    private FrameWriter Open(IPeerLink link)
    {
        var writer = _writer ??= new FrameWriter(link.RowBuffers);
        if (_isOpen) return writer;
        writer.Begin(link.Header);
        _isOpen = true;
        return writer;
    }

    private void Finish()
    {
        _finished = _writer!.Finish();
        _inFinished = _inFrame;
        _inFrame = 0;
        _isOpen = false;
    }

    private void CountFinished()
    {
        Volatile.Write(ref _handedOver, _handedOver + _inFinished);
        _inFinished = 0;
    }

    private void Follow()
    {
        if (_peer.Current is var current && !ReferenceEquals(current, _generation)) Follow(current);
    }

    /// <summary>The generation has changed: what was framed is gone, and so are the rows that the peer never gave credit for.</summary>
    private void Follow(PeerGeneration? next)
    {
        DropFrames();
        _writer = null;
        _sequence = 0;
        _generation = next;
        if (next is null) return;
        Volatile.Write(ref _handedBefore, _handedOver);
        var lane = next.LaneFrom(_sender)!;
        var unsent = CountUnsent();
        foreach (var gate in _gates) gate.Restart(lane, unsent.GetValueOrDefault(gate.Receiver.Place));
    }

    private void DropFrames()
    {
        if (_finished is not null) Drop();
        if (!_isOpen) return;
        Finish();
        Drop();
    }

    private void Drop()
    {
        _generation!.Link.RowBuffers.Return(_finished!);
        _finished = null;
        CountFinished();
    }

    /// <summary>Rows that are in no frame yet, by the number of their receiver.</summary>
    private Dictionary<int, int> CountUnsent()
    {
        var rows = new Dictionary<int, int>();
        var first = _row;
        foreach (var batch in Unsent)
        {
            for (var run = 0; run < batch.RunCount; run++)
            {
                var count = batch.EndOf(run) - Math.Max(first, batch.FirstOf(run));
                if (count > 0) rows[batch.PlaceOf(run)] = rows.GetValueOrDefault(batch.PlaceOf(run)) + count;
            }

            first = 0;
        }

        return rows;
    }
}
