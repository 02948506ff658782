using Topology.Messaging;

namespace Topology.Engine;

/// <summary>
/// What a worker has with another one under one generation: the way there, and the credit that the other gives. Who keeps a reference notices by it that a generation is over:
/// the next one has an object of its own, so nothing late of one reaches another.
/// </summary>
internal sealed class PeerGeneration
{
    // By sending executor. What a lane is for here is to hold what the peer has worked off, by the number of the receiving executor.
    private readonly Lane?[] _lanes;

    /// <param name="peer">The other worker.</param>
    /// <param name="number">The generation.</param>
    /// <param name="link">The way there.</param>
    /// <param name="senders">The executors that send rows there.</param>
    /// <param name="executors">How many executors there are.</param>
    public PeerGeneration(Peer peer, ulong number, IPeerLink link, IEnumerable<int> senders, int executors)
    {
        (Number, Link, _lanes) = (number, link, new Lane?[executors]);
        foreach (var sender in senders) _lanes[sender] = peer.MakeLane(sender);
    }

    /// <summary>The generation; not 0.</summary>
    public ulong Number { get; }

    /// <summary>The way there.</summary>
    public IPeerLink Link { get; }

    /// <summary>The channel of an executor; null for one that sends nothing there.</summary>
    public Lane? LaneFrom(int sender) => _lanes[sender];
}
