using Topology.Messaging;

namespace Topology.Engine;

/// <summary>Another worker of the topology, as this one's executors see it.</summary>
internal sealed class Peer(Worker worker, int number)
{
    private readonly List<int> _senders = [];
    private PeerGeneration? _current;

    // Written by the link's thread.
    private long _received;

    public int Number { get; } = number;

    /// <summary>Where batches of rows for it come from.</summary>
    public BatchPool Batches { get; } = new(64);

    /// <summary>What there is with it now; null where nothing is sent to it or taken from it: before the first generation, and from the end of one to the begin of the next. Legal from any thread.</summary>
    public PeerGeneration? Current => Volatile.Read(ref _current);

    /// <summary>Rows that came from it, in all generations. Legal from any thread.</summary>
    public long RowsReceived => Volatile.Read(ref _received);

    /// <summary>Rows came from it, none of which is worked off yet. Called by the link's thread.</summary>
    public void CountReceived(int rows) => Volatile.Write(ref _received, _received + rows);

    /// <summary>An executor sends rows to it. Before the start.</summary>
    public void AddSender(int executor) => _senders.Add(executor);

    /// <summary>A generation begins. Legal from any thread; who waits to send has to be woken.</summary>
    public void Connect(ulong generation, IPeerLink link) =>
        Volatile.Write(ref _current, new PeerGeneration(this, generation, link, _senders, worker.ExecutorCapacity));

    /// <summary>A generation is over. Legal from any thread.</summary>
    public void Disconnect() => Volatile.Write(ref _current, null);

    /// <summary>A channel of an executor, with nothing worked off.</summary>
    public Lane MakeLane(int sender) => new(sender, Batches, worker.ExecutorCapacity);

    /// <summary>
    /// The peer has worked off rows, in all so many of one sender to one receiver since the generation began. Called by the link's thread; numbers that make no sense are ignored.
    /// </summary>
    public void Credit(ulong generation, Channel channel, ulong rows)
    {
        if (Current is not { } current || current.Number != generation) return;
        if (channel.From >= (uint)worker.ExecutorCapacity || current.LaneFrom((int)channel.From) is not { } lane || channel.To >= (uint)worker.Executors.Length) return;
        if (worker.Executors[(int)channel.To] is not RemoteExecutor receiver || receiver.Peer != this) return;
        // Repeated, and late on another connection: only more counts.
        if ((long)rows <= lane.DoneBy(receiver.Place)) return;
        lane.SetDone(receiver.Place, (long)rows);
        receiver.WakeWaiters();
    }
}
