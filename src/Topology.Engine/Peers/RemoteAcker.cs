using Topology.Messaging;

namespace Topology.Engine;

/// <summary>An acker in another worker: messages to it are encoded on their sender's thread and go before rows.</summary>
/// <param name="peer">The worker that it runs in.</param>
/// <param name="number">Its number among all ackers.</param>
/// <param name="worker">This worker.</param>
internal sealed class RemoteAcker(Peer peer, int number, Worker worker) : IAcker
{
    private readonly RecyclingRing<AckBatch>?[] _lanes = new RecyclingRing<AckBatch>?[worker.AckSenders];

    // By sender, each with the link whose buffers it writes into.
    private readonly (IPeerLink Link, FrameWriter Writer)[] _writers = new (IPeerLink, FrameWriter)[worker.AckSenders];

    public RecyclingRing<AckBatch> LaneOf(int sender) => _lanes[sender] ??= new RecyclingRing<AckBatch>(256);

    public void NotePut(int sender) => Send(sender, isEnd: false);

    public void Ready(int sender) => Send(sender, isEnd: true);

    /// <summary>Encodes what there is. A frame leaves when it is large enough, and at the end of the sender's turn: each costs four threads of two processes a wake-up.</summary>
    private void Send(int sender, bool isEnd)
    {
        var lane = _lanes[sender]!;
        // Between two generations no tree is open: every spout has failed those that it had.
        if (peer.Current?.Link is not { } link)
        {
            Drop(lane);
            return;
        }

        var writer = WriterOf(sender, link);
        Encode(lane, link, writer);
        if (isEnd && !writer.IsEmpty) link.SendControl(writer.Finish());
    }

    private void Encode(RecyclingRing<AckBatch> lane, IPeerLink link, FrameWriter writer)
    {
        while (lane.TryTake() is { } batch)
        {
            if (writer.IsEmpty) writer.Begin(link.Header);
            AckBatchCodec.Write(writer, (uint)number, batch, worker.FailDetails);
            lane.Recycle(batch);
            if (!writer.HasRoom) link.SendControl(writer.Finish());
        }
    }

    private static void Drop(RecyclingRing<AckBatch> lane)
    {
        while (lane.TryTake() is { } batch) lane.Recycle(batch);
    }

    private FrameWriter WriterOf(int sender, IPeerLink link)
    {
        ref var known = ref _writers[sender];
        if (ReferenceEquals(known.Link, link)) return known.Writer;
        // The generation has changed within a turn: what was encoded for the last one is gone with it.
        if (known.Writer is { IsEmpty: false } old) known.Link.ControlBuffers.Return(old.Finish());
        known = (link, new FrameWriter(link.ControlBuffers));
        return known.Writer;
    }
}
