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

    public void Ready(int sender)
    {
        var lane = _lanes[sender]!;
        // Between two generations no tree is open: every spout has failed those that it had.
        if (peer.Current?.Link is { } link) Send(lane, link, WriterOf(sender, link));
        else Drop(lane);
    }

    private void Send(RecyclingRing<AckBatch> lane, IPeerLink link, FrameWriter writer)
    {
        while (lane.TryTake() is { } batch)
        {
            if (writer.IsEmpty) writer.Begin(link.Header);
            AckBatchCodec.Write(writer, (uint)number, batch, worker.FailDetails);
            lane.Recycle(batch);
            if (!writer.HasRoom) link.SendControl(writer.Finish());
        }

        if (!writer.IsEmpty) link.SendControl(writer.Finish());
    }

    private static void Drop(RecyclingRing<AckBatch> lane)
    {
        while (lane.TryTake() is { } batch) lane.Recycle(batch);
    }

    private FrameWriter WriterOf(int sender, IPeerLink link)
    {
        ref var known = ref _writers[sender];
        if (!ReferenceEquals(known.Link, link)) known = (link, new FrameWriter(link.ControlBuffers));
        return known.Writer;
    }
}
