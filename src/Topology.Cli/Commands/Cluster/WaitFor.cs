namespace Topology.Cli;

/// <summary>What a submit waits for.</summary>
internal enum WaitFor
{
    /// <summary>All its workers are ready and its spouts emit.</summary>
    Running,

    /// <summary>It has ended.</summary>
    Completed,
}
