namespace Topology.Messaging;

/// <summary>Whom a worker talks to under one generation of its topology's assignment.</summary>
/// <param name="Generation">Not 0; each set has a higher one than the set before.</param>
/// <param name="Peers">The other workers.</param>
internal sealed record PeerSet(ulong Generation, IReadOnlyList<LinkPeer> Peers)
{
    /// <summary>Refuses a set in which frames could not be told apart.</summary>
    /// <exception cref="ArgumentException">The generation is 0, or two workers (the caller's own among them) have the same number or incarnation.</exception>
    public void Validate(WorkerIdentity me)
    {
        if (Generation == 0) throw new ArgumentException("A generation is a number from 1 on.");
        var workers = new HashSet<uint> { me.Worker };
        var incarnations = new HashSet<ulong> { 0, me.Incarnation };
        foreach (var peer in Peers)
            if (!workers.Add(peer.Worker) || !incarnations.Add(peer.Incarnation))
                throw new ArgumentException($"Worker {peer.Worker} with incarnation {peer.Incarnation:x16} shares one of both with another worker, or has none.");
    }
}
