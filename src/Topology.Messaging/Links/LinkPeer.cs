namespace Topology.Messaging;

/// <summary>Another worker of the topology, as the assignment names it.</summary>
/// <param name="Worker">Its number.</param>
/// <param name="Incarnation">Its incarnation: the only one whose frames are taken.</param>
/// <param name="DataEndpoint">Where it listens for rows.</param>
/// <param name="ControlEndpoint">Where it listens for everything else.</param>
/// <param name="Key">Its incarnation's public key. Null where links are not encrypted.</param>
internal sealed record LinkPeer(uint Worker, ulong Incarnation, string DataEndpoint, string ControlEndpoint, CurvePublicKey? Key = null)
{
    /// <summary>The name that goes with its key: what <see cref="Msg.UserId"/> says of its frames.</summary>
    public string UserId => UserIdOf(Worker, Incarnation);

    /// <summary>The name that goes with the key of any incarnation of any worker.</summary>
    public static string UserIdOf(uint worker, ulong incarnation) => $"{worker}.{incarnation:x16}";

    /// <summary>Where it listens on one of its connections.</summary>
    public string EndpointOf(LinkConnection connection) => connection == LinkConnection.Data ? DataEndpoint : ControlEndpoint;
}
