namespace Topology.Cluster;

/// <summary>Who holds a key that the daemon lets in from other hosts: what it says is taken as this one's and nobody else's.</summary>
internal abstract record RemotePeer
{
    /// <summary>Somebody with a join token, who may do nothing but join.</summary>
    /// <param name="Token">The token's public key, as <see cref="JoinTokenRecord.PublicKey"/>.</param>
    public sealed record Candidate(string Token) : RemotePeer;

    /// <summary>A supervisor that has joined.</summary>
    /// <param name="Id">Its id.</param>
    public sealed record Supervisor(string Id) : RemotePeer;

    /// <summary>A worker's incarnation, as its supervisor has named it.</summary>
    /// <param name="Key">Which one.</param>
    /// <param name="Host">Its supervisor.</param>
    public sealed record Worker(WorkerKey Key, string Host) : RemotePeer;
}
