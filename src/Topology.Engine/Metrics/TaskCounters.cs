namespace Topology.Engine;

/// <summary>One task's counters. Written by the thread that runs the task, read by any; each is exact, and 8 bytes, so a reading is never torn.</summary>
internal sealed class TaskCounters
{
    private static readonly int FailKinds = Enum.GetValues<FailKind>().Length;

    public long Emitted;
    public long Transferred;
    public long Executed;
    public long Acked;
    public long Errors;
    public long DeadLetters;
    public long Lost;

    /// <summary>Failed tuples or trees by <see cref="FailKind"/>.</summary>
    public long[] Failed { get; } = new long[FailKinds];

    public LatencyHistogram ExecuteLatency { get; } = new();

    public LatencyHistogram CompleteLatency { get; } = new();
}
