namespace Topology.Engine;

/// <summary>What came of one round of a loop.</summary>
internal enum LoopProgress
{
    /// <summary>No executor had anything to do.</summary>
    None,

    /// <summary>At least one had.</summary>
    Some,

    /// <summary>The loop went to another thread while this one was inside a turn.</summary>
    Lost,
}
