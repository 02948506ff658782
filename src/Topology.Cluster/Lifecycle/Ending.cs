namespace Topology.Cluster;

/// <summary>What a topology that is draining is drained for.</summary>
public enum Ending
{
    /// <summary>For nothing: it is not draining.</summary>
    None,

    /// <summary>To rest without workers, until it is resumed.</summary>
    Suspend,

    /// <summary>To be killed.</summary>
    Kill,

    /// <summary>To complete: its spouts are exhausted. No deadline, until someone drains or kills it.</summary>
    Complete,
}
