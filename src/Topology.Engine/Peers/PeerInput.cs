using System.Runtime.InteropServices;
using Topology.Messaging;

namespace Topology.Engine;

/// <summary>
/// What comes from one other worker: rows for the lanes of this one's loops, messages for its ackers, credit for its senders. Used by the link's thread alone.
/// </summary>
internal sealed class PeerInput : IFrameReceiver
{
    private readonly Worker _worker;
    private readonly Peer _peer;
    private readonly FrameDecoder _decoder;

    // By the executor of the peer that sends.
    private readonly RemoteSender?[] _senders;
    private readonly List<RemoteSender> _active = [];
    private readonly List<Credit> _credits = [];
    private readonly int _ackSender;
    private ulong _generation;
    private FrameWriter? _writer;
    private IPeerLink? _link;

    public PeerInput(Worker worker, Peer peer)
    {
        _worker = worker;
        _peer = peer;
        var receivers = new WireReceiver?[worker.Options.Share!.Workers];
        receivers[worker.Options.Share.Self] = new WireReceiver(new BatchPool(64), [.. worker.Executors.Select(e => (ushort)((e as BoltExecutor)?.Tasks.Count ?? 0))]);
        var plan = new WirePlan([.. worker.Sources.Select(s => (ushort)s.Fields.Count)], receivers, worker.Plan.Options.MaxValueBytes);
        _decoder = new FrameDecoder(plan, Counters);
        _senders = [.. worker.Executors.Select(e => e is RemoteExecutor remote && remote.Peer == peer ? new RemoteSender(worker, e.Index) : null)];
        _ackSender = worker.AckSenderOf(peer);
        foreach (var acker in worker.Ackers) acker.LaneOf(_ackSender);
    }

    /// <summary>
    /// Whether a batch of some channel is missing, so that the link is to be taken for lost. Nothing of that channel is taken any more.
    /// </summary>
    public bool HasGap { get; private set; }

    /// <summary>What came in, and what was refused.</summary>
    public WireCounters Counters { get; } = new();

    /// <summary>How many batches of acks were refused, since they are about trees that the acker does not keep, or are not for a peer to send.</summary>
    public long Refused { get; private set; }

    /// <summary>
    /// Whether rows go on to their loops. While this worker has no ways to the others they wait here, since their acks could not be sent; how many there are is bounded by
    /// credit, which is not given meanwhile.
    /// </summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>A generation begins: what comes from now on is of that one, and counted anew.</summary>
    public void Begin(ulong generation)
    {
        _generation = generation;
        HasGap = false;
        foreach (var sender in _senders) sender?.Restart();
    }

    /// <summary>Takes a frame in. One that is not as it should be is dropped whole, and counted.</summary>
    public WireError Take(ReadOnlySpan<byte> frame) => _decoder.Decode(frame, this);

    /// <summary>The peer says what it has worked off.</summary>
    public void TakeCredits(ReadOnlySpan<Credit> credits)
    {
        foreach (ref readonly var credit in credits) _peer.Credit(_generation, credit.Channel, credit.Rows);
    }

    /// <summary>Writes the credit of all rows that came in this generation, into a frame that another one may have said before.</summary>
    public void RepeatCredits(FrameWriter frame)
    {
        _credits.Clear();
        foreach (var sender in _senders) sender?.Repeat(_credits);
        if (_credits.Count > 0) frame.WriteCredits(CollectionsMarshal.AsSpan(_credits));
    }

    /// <summary>
    /// Moves on what found a lane full, and tells the peer the credit of what was worked off since the last call. To be called again, soon, while it returns true: there
    /// are rows of the peer here that are not worked off, or acks that an acker has no room for.
    /// </summary>
    /// <param name="isDue">Whether credit for few rows is told as well.</param>
    public bool Pump(bool isDue)
    {
        var hasMore = !TryFlushAcks();
        // The ways may be those of the next generation already, of which the links have not heard: its credit begins at 0.
        if (!IsOpen || _peer.Current is not { } current || current.Number != _generation) return hasMore || _active.Count > 0;
        _credits.Clear();
        for (var i = _active.Count - 1; i >= 0; i--)
        {
            if (_active[i].Pump(_credits, isDue)) hasMore = true;
            else _active.RemoveAt(i);
        }

        if (_credits.Count > 0) WriteCredits(current.Link);
        return hasMore;
    }

    void IFrameReceiver.OnBatch(Channel channel, ulong sequence, TupleBatch batch)
    {
        if (channel.From >= (uint)_senders.Length || _senders[channel.From] is not { } sender)
        {
            // It would be of an executor that is not the peer's.
            batch.Release(batch.RunCount);
            return;
        }

        if (sequence != sender.NextSequence)
        {
            // What was sent again after it had come is left out.
            HasGap |= sequence > sender.NextSequence;
            batch.Release(batch.RunCount);
            return;
        }

        _peer.CountReceived(batch.Count);
        if (!sender.IsActive) _active.Add(sender);
        sender.Put(batch, IsOpen);
    }

    void IFrameReceiver.OnAcks(in AckSection acks)
    {
        if (acks.Acker >= (uint)_worker.AllAckers.Length || _worker.AllAckers[(int)acks.Acker] is not AckerExecutor acker) return;
        var lane = acker.LaneOf(_ackSender);
        var batch = lane.Rent();
        batch.Count = 0;
        if (!AckBatchCodec.TryRead(acks, batch, _worker.FailDetails) || !acker.MayTake(batch))
        {
            Refused++;
            return;
        }

        lane.Put(batch);
        TryFlush(acker);
    }

    void IFrameReceiver.OnCredits(ReadOnlySpan<Credit> credits)
    {
        TakeCredits(credits);
    }

    void IFrameReceiver.OnHello(Hello hello)
    {
    }

    void IFrameReceiver.OnGoodbye(Goodbye goodbye)
    {
    }

    void IFrameReceiver.OnHeartbeat(Heartbeat heartbeat)
    {
    }

    void IFrameReceiver.OnResendRequest(ResendRequest request)
    {
    }

    void IFrameReceiver.OnAcknowledgement(Acknowledgement acknowledgement)
    {
    }

    void IFrameReceiver.OnEndOfStream(EndOfStream end) => _worker.Ends!.OnEnd(_peer.Number, end.Component);

    /// <summary>Gives ackers what they had no room for: the last acks that were on their way have no others behind them. False while some of it waits.</summary>
    private bool TryFlushAcks()
    {
        var flushed = true;
        foreach (var acker in _worker.Ackers)
            if (acker.LaneOf(_ackSender).IsWaiting) flushed &= TryFlush(acker);
        return flushed;
    }

    private bool TryFlush(AckerExecutor acker)
    {
        var flushed = acker.LaneOf(_ackSender).TryFlush();
        acker.Ready(_ackSender);
        return flushed;
    }

    private void WriteCredits(IPeerLink link)
    {
        if (!ReferenceEquals(link, _link)) (_link, _writer) = (link, new FrameWriter(link.ControlBuffers));
        _writer!.Begin(link.Header);
        _writer.WriteCredits(CollectionsMarshal.AsSpan(_credits));
        link.SendControl(_writer.Finish());
    }
}
