namespace Topology.Engine.Tests;

internal enum ModelTreeState
{
    /// <summary>Its spout has not been told of its end.</summary>
    Live,

    /// <summary>Its spout was told that it is complete.</summary>
    Acked,

    /// <summary>Its spout was told that it failed.</summary>
    Failed,

    /// <summary>Its spout was restarted: it will never hear of it.</summary>
    Dropped,
}
