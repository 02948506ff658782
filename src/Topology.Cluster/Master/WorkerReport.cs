using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>What a worker tells the master about once a second. Immutable.</summary>
/// <param name="Generation">The generation that it is deployed in; all else but the counters is about that one.</param>
/// <param name="Sequence">Orders the reports of an incarnation: a later one has a higher number.</param>
/// <param name="Counters">Its cumulative counters since the incarnation began, see <see cref="CounterName"/>.</param>
internal sealed record WorkerReport(long Generation, long Sequence, ImmutableSortedDictionary<string, long> Counters)
{
    /// <summary>Whether its spouts are asked for tuples.</summary>
    public bool IsActive { get; init; }

    /// <summary>Its spout tasks that are exhausted, or were ended by a drain.</summary>
    public ImmutableArray<int> EndedTasks { get; init; } = [];

    /// <summary>Trees that are pending or wait for a retry, rows that are held, and rows on their way that no tree tracks.</summary>
    public long Pending { get; init; }

    /// <summary>Whether the position of everything that its spouts had acked is in the store.</summary>
    public bool PositionsCommitted { get; init; }

    /// <summary>Whether end of stream has passed each of its channels.</summary>
    public bool EndOfStreamPassed { get; init; }

    /// <summary>Whether every <c>Finish</c> and <c>Cleanup</c> has returned.</summary>
    public bool IsCleanedUp { get; init; }

    /// <summary>What is progress to a restart strategy: trees acked and positions committed in this generation, or, where nothing is tracked, rows executed.</summary>
    public long Progress { get; init; }

    /// <summary>Resident memory in bytes.</summary>
    public long RssBytes { get; init; }

    /// <summary>How long the process has been running.</summary>
    public TimeSpan Uptime { get; init; }

    /// <summary>Tuples that wait now in front of its executors, by component.</summary>
    public ImmutableSortedDictionary<string, long> QueueDepths { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>Its links to other workers.</summary>
    public ImmutableArray<LinkReport> Links { get; init; } = [];

    /// <summary>Whether everything of the worker is done.</summary>
    public bool IsFinished => EndOfStreamPassed && IsCleanedUp;
}
