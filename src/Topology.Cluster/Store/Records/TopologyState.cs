namespace Topology.Cluster;

/// <summary>Where a topology is in its life. Kept on disk by its name in lower case, so that the order of the members means nothing.</summary>
public enum TopologyState
{
    /// <summary>Accepted and durable. Nothing runs, until the master has planned it and written its first assignments.</summary>
    Submitted,

    /// <summary>Workers are being started, until every one of them has said that its tasks are prepared.</summary>
    Starting,

    /// <summary>Spouts are asked for tuples, until someone deactivates, rebalances, drains or kills it, it fails, or its spouts are exhausted.</summary>
    Active,

    /// <summary>Spouts are not asked; bolts work off what is there. Until it is activated again or ended.</summary>
    Inactive,

    /// <summary>Spouts rest and what is in flight is worked off, until the new assignments run.</summary>
    Rebalancing,

    /// <summary>A worker or a link was lost and the generation was raised, until the replacement runs.</summary>
    Recovering,

    /// <summary>Spouts have ended and bolts work off what is there, until that is done or the drain timeout has passed.</summary>
    Draining,

    /// <summary>Ended by someone's order. Final.</summary>
    Killed,

    /// <summary>Ended by an error that its policy or its restart strategy did not forgive; the reason says which. Final.</summary>
    Failed,

    /// <summary>Ended by itself: every spout exhausted, every tree done, every bolt finished. Final.</summary>
    Completed,
}
