using Topology.Messaging;

namespace Topology.Engine;

/// <summary>Another worker of the topology, as this one's executors see it: the way there, and the credit that it gives.</summary>
internal sealed class Peer
{
    private readonly Worker _worker;
    private readonly BatchPool _batches = new(64);

    // By sending executor. What a lane is for here is to hold what the peer has worked off, by the number of the receiving executor.
    private readonly Lane?[] _lanes;
    private IPeerLink? _link;

    public Peer(Worker worker, int number)
    {
        _worker = worker;
        Number = number;
        _lanes = new Lane?[worker.ExecutorCapacity];
    }

    public int Number { get; }

    /// <summary>The way there; set before the start.</summary>
    public IPeerLink Link
    {
        get => _link ?? throw new InvalidOperationException($"Worker {Number} has no link yet.");
        set => _link = value;
    }

    /// <summary>The channel of an executor; made at the first call, before the start.</summary>
    public Lane LaneFrom(int sender) => _lanes[sender] ??= new Lane(sender, _batches, _worker.ExecutorCapacity);

    /// <summary>The peer has worked off rows, in all so many of one sender to one receiver. Called by the link's thread; numbers that make no sense are ignored.</summary>
    public void Credit(Channel channel, ulong rows)
    {
        if (channel.From >= (uint)_lanes.Length || _lanes[channel.From] is not { } lane || channel.To >= (uint)_worker.Executors.Length) return;
        if (_worker.Executors[(int)channel.To] is not RemoteExecutor receiver || receiver.Peer != this) return;
        // Repeated, and late on another connection: only more counts.
        if ((long)rows <= lane.DoneBy(receiver.Place)) return;
        lane.SetDone(receiver.Place, (long)rows);
        receiver.WakeWaiters();
    }
}
