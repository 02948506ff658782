namespace Topology.Cluster;

/// <summary>Whether a command is carried out.</summary>
public enum CommandVerdict
{
    /// <summary>It is, also after a crash of the daemon.</summary>
    Accepted,

    /// <summary>It is not: there is no such topology.</summary>
    NotFound,

    /// <summary>It is not: it does not go with the state, or a name or an id is taken.</summary>
    Conflict,

    /// <summary>It is not: what it says is wrong in itself.</summary>
    Invalid,
}
