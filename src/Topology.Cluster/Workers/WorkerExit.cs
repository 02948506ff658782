namespace Topology.Cluster;

/// <summary>What a worker's process ends with.</summary>
internal static class WorkerExit
{
    /// <summary>It was told to end.</summary>
    public const int Ended = 0;

    /// <summary>It could not go on; why was told to the daemon and is in its log.</summary>
    public const int Failed = 9;

    /// <summary>It was without a supervisor for its grace.</summary>
    public const int Alone = 10;
}
