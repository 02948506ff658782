using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>
/// What a component did, over all its tasks and all incarnations of workers. Counters are those that workers have reported: what one counted after its last report and before it died is missing. They never fall.
/// </summary>
/// <param name="Id">The component's id.</param>
/// <param name="Kind"><c>spout</c> or <c>bolt</c>.</param>
/// <param name="Executors">How many executors run it.</param>
/// <param name="Tasks">How many tasks it has.</param>
public sealed record ComponentDescription(string Id, string Kind, int Executors, int Tasks)
{
    /// <summary>Tuples emitted, each counted once.</summary>
    public long Emitted { get; init; }

    /// <summary>Tuples sent, counted once per receiving task.</summary>
    public long Transferred { get; init; }

    /// <summary>Tuples executed; 0 for a spout.</summary>
    public long Executed { get; init; }

    /// <summary>A spout's completed trees, a bolt's acked tuples.</summary>
    public long Acked { get; init; }

    /// <summary>A spout's failed trees, a bolt's failed tuples.</summary>
    public long Failed { get; init; }

    /// <summary><see cref="Failed"/> by <see cref="FailKind"/> in camel case; reasons that did not occur are left out.</summary>
    public ImmutableSortedDictionary<string, long> FailedByReason { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>Half of the measured calls of <c>Execute</c> took at most this many microseconds, within 4 %; 0 where none was measured.</summary>
    public double ExecuteP50Us { get; init; }

    /// <summary>99 in 100 of the measured calls of <c>Execute</c> took at most this many microseconds, within 4 %; 0 where none was measured.</summary>
    public double ExecuteP99Us { get; init; }

    /// <summary>Half of a spout's trees were acked within this many microseconds, within 4 %; 0 where none was.</summary>
    public double CompleteP50Us { get; init; }

    /// <summary>99 in 100 of a spout's trees were acked within this many microseconds, within 4 %; 0 where none was.</summary>
    public double CompleteP99Us { get; init; }

    /// <summary>The share of the last 10 to 20 seconds in which its executors were busy, over those in living workers; 0 to 1.</summary>
    public double Capacity { get; init; }

    /// <summary>Tuples that wait now in front of its executors.</summary>
    public long QueueDepth { get; init; }
}
