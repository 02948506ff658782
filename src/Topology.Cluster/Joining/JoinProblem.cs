namespace Topology.Cluster;

/// <summary>Why a supervisor did not join.</summary>
public enum JoinProblem
{
    /// <summary>Nothing answers at the daemon's address.</summary>
    Unreachable,

    /// <summary>What answers there is not the daemon that the token is of.</summary>
    WrongDaemon,

    /// <summary>The daemon does not know the token: it was made long ago, or the daemon's data were replaced.</summary>
    UnknownToken,

    /// <summary>Another supervisor has joined with the token.</summary>
    UsedToken,

    /// <summary>The token's time is over.</summary>
    ExpiredToken,

    /// <summary>The daemon could not keep it.</summary>
    NotKept,

    /// <summary>The data directory belongs to a supervisor of another cluster.</summary>
    OtherCluster,

    /// <summary>The daemon answers a supervisor that has joined before, and does not know it any more.</summary>
    Forgotten,

    /// <summary>The data directory belongs to no supervisor, and there is no token.</summary>
    NotJoined,
}
