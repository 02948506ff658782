namespace Topology.Cluster;

/// <summary>Why somebody may not join.</summary>
internal enum JoinRefusal : byte
{
    /// <summary>Another supervisor has joined with the token.</summary>
    Used,

    /// <summary>The token's time is over.</summary>
    Expired,

    /// <summary>The daemon could not keep it, for want of room or of a name.</summary>
    NotKept,
}
