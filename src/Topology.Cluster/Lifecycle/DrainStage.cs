namespace Topology.Cluster;

/// <summary>How far a draining topology is.</summary>
internal enum DrainStage
{
    /// <summary>Its spouts end and what is in flight is worked off, until that is so for all workers.</summary>
    WorkingOff,

    /// <summary>End of stream goes through and bolts finish, until all are cleaned up.</summary>
    Finishing,

    /// <summary>Its workers have nothing left to do, until they have ended.</summary>
    EndingWorkers,
}
