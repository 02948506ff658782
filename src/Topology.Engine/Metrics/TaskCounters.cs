namespace Topology.Engine;

/// <summary>One task's counters. Written by the thread that runs the task, read by any; each is exact, and 8 bytes, so a reading is never torn.</summary>
internal sealed class TaskCounters
{
    private static readonly int FailKinds = Enum.GetValues<FailKind>().Length;

    // On cache lines of its own: the fields change with each tuple, while other threads use what lies beside this object.
    private HotCounters _hot;

    public long Errors;
    public long DeadLetters;

    public ref long Emitted => ref _hot.Emitted;

    /// <summary>How many more tuples were sent than emitted: negative where streams have no subscribers.</summary>
    public ref long ExtraTransferred => ref _hot.ExtraTransferred;

    public ref long Executed => ref _hot.Executed;

    public ref long Acked => ref _hot.Acked;

    /// <summary>Tuples sent, once for each task that gets them.</summary>
    public long Transferred => Volatile.Read(ref _hot.Emitted) + Volatile.Read(ref _hot.ExtraTransferred);

    /// <summary>Failed tuples or trees by <see cref="FailKind"/>.</summary>
    public long[] Failed { get; } = new long[FailKinds];

    public LatencyHistogram ExecuteLatency { get; } = new();

    public LatencyHistogram CompleteLatency { get; } = new();
}
