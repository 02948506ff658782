namespace Topology.Messaging;

/// <summary>What encrypts the links of a worker's incarnation and tells who its peers are.</summary>
/// <param name="keys">The incarnation's own key pair; made afresh for each.</param>
/// <param name="zap">The handler of the process, which runs.</param>
/// <param name="me">Whose links they are: each worker has an allow-list of its own, also where several share a process.</param>
internal sealed class LinkSecurity(NetMQCertificate keys, ZapHandler zap, WorkerIdentity me)
{
    private readonly string _domain = $"links.{me.Topology:x16}.{LinkPeer.UserIdOf(me.Worker, me.Incarnation)}";
    private readonly HashSet<CurvePublicKey> _admitted = [];

    /// <summary>Makes a socket that listens a server that lets only admitted peers in. Before its first bind.</summary>
    public void Protect(RouterSocket socket) => socket.Options.SetCurveServer(keys, zap, _domain);

    /// <summary>Makes a socket one that talks only to that peer. Before it connects.</summary>
    public void Protect(DealerSocket socket, LinkPeer peer)
    {
        var key = peer.Key!.Value;
        socket.Options.SetCurveClient(keys, key);
    }

    /// <summary>From the next handshake on only these peers are let in, each under the name of its worker and incarnation.</summary>
    public void Admit(IReadOnlyList<LinkPeer> peers)
    {
        var keys = peers.Select(peer => peer.Key!.Value).ToHashSet();
        foreach (var key in _admitted)
            if (!keys.Contains(key)) zap.AllowList.Revoke(_domain, key);
        foreach (var peer in peers)
        {
            var key = peer.Key!.Value;
            zap.AllowList.Allow(_domain, key, peer.UserId);
        }

        _admitted.Clear();
        _admitted.UnionWith(keys);
    }

    /// <summary>Nobody is let in any more.</summary>
    public void Close() => zap.AllowList.RevokeAll(_domain);
}
