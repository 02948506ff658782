namespace Topology.Messaging;

/// <summary>A worker's outboxes under one generation. Immutable; legal from any thread.</summary>
internal sealed class OutboxTable
{
    private readonly Dictionary<uint, (Outbox Data, Outbox Control)> _byWorker;

    /// <param name="set">The peers.</param>
    /// <param name="make">Makes the outbox of one's connection.</param>
    public OutboxTable(PeerSet set, Func<LinkPeer, LinkConnection, Outbox> make)
    {
        Set = set;
        _byWorker = set.Peers.ToDictionary(peer => peer.Worker, peer => (make(peer, LinkConnection.Data), make(peer, LinkConnection.Control)));
    }

    /// <summary>The generation and the peers.</summary>
    public PeerSet Set { get; }

    /// <summary>A table that was made before this one and never came to be used. Its outboxes are closed with the next turn.</summary>
    public OutboxTable? Superseded { get; set; }

    /// <summary>All of them.</summary>
    public IEnumerable<Outbox> All => _byWorker.Values.SelectMany(pair => new[] { pair.Data, pair.Control });

    /// <summary>Where to hand frames over for a peer.</summary>
    /// <exception cref="KeyNotFoundException">It is not in the set.</exception>
    public Outbox To(uint worker, LinkConnection connection)
    {
        var (data, control) = _byWorker[worker];
        return connection == LinkConnection.Data ? data : control;
    }
}
