using Topology.Messaging;

namespace Topology.Engine;

/// <summary>An acker in another worker: messages to it are encoded on their sender's thread and go before rows.</summary>
/// <param name="peer">The worker that it runs in.</param>
/// <param name="number">Its number among all ackers.</param>
/// <param name="worker">This worker.</param>
internal sealed class RemoteAcker(Peer peer, int number, Worker worker) : IAcker
{
    private readonly RecyclingRing<AckBatch>?[] _lanes = new RecyclingRing<AckBatch>?[worker.AckSenders];
    private readonly FrameWriter?[] _writers = new FrameWriter?[worker.AckSenders];

    public RecyclingRing<AckBatch> LaneOf(int sender) => _lanes[sender] ??= new RecyclingRing<AckBatch>(256);

    public void Ready(int sender)
    {
        var lane = _lanes[sender]!;
        var writer = _writers[sender] ??= new FrameWriter(peer.Link.ControlBuffers);
        while (lane.TryTake() is { } batch)
        {
            if (writer.IsEmpty) writer.Begin(peer.Link.Header);
            AckBatchCodec.Write(writer, (uint)number, batch, worker.FailDetails);
            lane.Recycle(batch);
            if (!writer.HasRoom) peer.Link.SendControl(writer.Finish());
        }

        if (!writer.IsEmpty) peer.Link.SendControl(writer.Finish());
    }
}
