using System.Collections.Immutable;

namespace Topology.Engine;

/// <summary>What a component's tasks did since the start, added up. Counters are exact; times are in nanoseconds.</summary>
public sealed record ComponentMetrics
{
    /// <summary>The component's id.</summary>
    public required string Id { get; init; }

    /// <summary>Spout or bolt.</summary>
    public required ComponentKind Kind { get; init; }

    /// <summary>How many executors run it.</summary>
    public required int Executors { get; init; }

    /// <summary>How many tasks it has.</summary>
    public required int Tasks { get; init; }

    /// <summary>Tuples emitted, each counted once.</summary>
    public long Emitted { get; init; }

    /// <summary>Tuples sent, counted once per receiving task.</summary>
    public long Transferred { get; init; }

    /// <summary>Tuples executed, ticks not counted; 0 for a spout.</summary>
    public long Executed { get; init; }

    /// <summary>A spout's completed trees, a bolt's acked tuples.</summary>
    public long Acked { get; init; }

    /// <summary>A spout's failed trees, a bolt's failed tuples.</summary>
    public long Failed { get; init; }

    /// <summary><see cref="Failed"/> by reason; reasons that did not occur are left out.</summary>
    public ImmutableSortedDictionary<FailKind, long> FailedByReason { get; init; } = ImmutableSortedDictionary<FailKind, long>.Empty;

    /// <summary>Errors thrown or reported, also those past the limit on reports.</summary>
    public long Errors { get; init; }

    /// <summary>Records given up and sent to the dead-letter stream.</summary>
    public long DeadLetters { get; init; }

    /// <summary>Records given up, or pending trees dropped, that nobody received: what was lost.</summary>
    public long Lost { get; init; }

    /// <summary>Trees pending now, those waiting for a retry included.</summary>
    public long Pending { get; init; }

    /// <summary>Tuples that wait now in front of its executors.</summary>
    public long QueueDepth { get; init; }

    /// <summary>Time inside turns that made progress.</summary>
    public long BusyNanoseconds { get; init; }

    /// <summary>Time with nothing to do.</summary>
    public long IdleNanoseconds { get; init; }

    /// <summary>Time in which downstream was full.</summary>
    public long BackpressuredNanoseconds { get; init; }

    /// <summary>Latency of <c>Execute</c>, of one row in 64.</summary>
    public LatencySummary ExecuteLatency { get; init; }

    /// <summary>Latency from a spout's emit to the ack of its tree.</summary>
    public LatencySummary CompleteLatency { get; init; }
}
