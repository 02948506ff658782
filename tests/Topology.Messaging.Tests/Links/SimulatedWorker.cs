namespace Topology.Messaging.Tests;

/// <summary>A worker of <see cref="SimulatedWorkers"/>.</summary>
internal sealed class SimulatedWorker
{
    public SimulatedWorker(SimulatedWorkers workers, uint number, ulong incarnation)
    {
        Me = new(SimulatedWorkers.Topology, number, incarnation);
        Wire = workers.Network.Listen(Me);
        Links = new(Me, Wire, Handler, workers.Options, new(Buffers, Buffers, workers.Time, Log));
    }

    public WorkerIdentity Me { get; }

    public MemoryWire Wire { get; }

    public WorkerLinks Links { get; }

    public RecordingHandler Handler { get; } = new();

    public CountingLogger Log { get; } = new();

    public FrameBufferPool Buffers { get; } = new(size: 256, kept: 256);

    public OutboxTable Outboxes { get; private set; } = null!;

    /// <summary>Whether it takes no turns.</summary>
    public bool IsFrozen { get; set; }

    public void Assign(ulong generation, params SimulatedWorker[] peers) =>
        Outboxes = Links.Assign(new(generation, [.. peers.Select(peer => peer.Wire.AsPeer())]));

    /// <summary>Hands a frame over, if there is room.</summary>
    public bool TrySend(SimulatedWorker to, LinkConnection connection, uint number)
    {
        var outbox = Outboxes.To(to.Me.Worker, connection);
        var frame = NumberedFrame.Write(Buffers, outbox.Header, number);
        var isTaken = outbox.TrySend(frame);
        if (!isTaken) Buffers.Return(frame);
        return isTaken;
    }

    public LinkCounters CountersTo(SimulatedWorker peer) => Links.Counters.Single(counters => counters.Incarnation == peer.Me.Incarnation);
}
