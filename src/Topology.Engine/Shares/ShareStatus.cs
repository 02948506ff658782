using System.Collections.Immutable;

namespace Topology.Engine;

/// <summary>How far a share of a topology is. Read while it runs, so numbers are of nearly one moment; each that is 0 or true for good is so from then on.</summary>
internal sealed record ShareStatus
{
    /// <summary>Whether its spouts are opened and asked for tuples.</summary>
    public required bool IsActive { get; init; }

    /// <summary>The ids of its spout tasks that are exhausted with nothing pending, or were ended by <see cref="ShareRun.EndSpouts"/>; in their order.</summary>
    public required ImmutableArray<int> EndedTasks { get; init; }

    /// <summary>
    /// Trees that are pending or wait for a retry, rows that are held, and rows on their way, here or to another worker. A row of a tree counts twice; 0 means that there is nothing.
    /// </summary>
    public required long Pending { get; init; }

    /// <summary>Whether the positions of all that its spouts had acked are stored, now that none of them emits any more. True where there is no spout.</summary>
    public required bool PositionsCommitted { get; init; }

    /// <summary>Whether every component that runs here has finished, and the links have what the others are told of it.</summary>
    public required bool EndOfStreamPassed { get; init; }

    /// <summary>Whether it has finished, and <c>Cleanup</c> and <c>Close</c> have returned or had their time.</summary>
    public required bool IsCleanedUp { get; init; }

    /// <summary>Trees acked and positions stored in this generation; where nothing is tracked, rows executed.</summary>
    public required long Progress { get; init; }

    /// <summary>Rows that wait in front of the executors that run here, by component.</summary>
    public required ImmutableSortedDictionary<string, long> QueueDepths { get; init; }
}
