namespace Topology.Cluster;

/// <summary>What became of a position.</summary>
public enum CommitOutcome
{
    /// <summary>It is kept. Also the answer to the same position again.</summary>
    Committed,

    /// <summary>Refused: there is no such topology, or its record is quarantined.</summary>
    UnknownTopology,

    /// <summary>Refused: the topology was killed, failed or completed.</summary>
    Ended,

    /// <summary>Refused: the generation is not the topology's present one.</summary>
    WrongGeneration,

    /// <summary>Refused: the task was never assigned to this incarnation, or it is another component's.</summary>
    NotAssigned,

    /// <summary>Refused: the task was assigned to a later incarnation, so this one must be dead or about to be.</summary>
    OldIncarnation,

    /// <summary>Refused: a later position is kept already.</summary>
    Backwards,

    /// <summary>Refused: the position that is kept cannot be read, so nobody knows which is later.</summary>
    Quarantined,
}
