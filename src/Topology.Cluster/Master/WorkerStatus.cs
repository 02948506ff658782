using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>A worker as the master knows it. Immutable; all but <see cref="Entry"/> and <see cref="Counters"/> is forgotten with the process.</summary>
/// <param name="Entry">What is durable.</param>
/// <param name="Phase">What is known of the present incarnation.</param>
/// <param name="Since">Since when that is known.</param>
internal sealed record WorkerStatus(WorkerEntry Entry, WorkerPhase Phase, DateTimeOffset Since)
{
    /// <summary>The highest counters that the present incarnation has reported: durable.</summary>
    public ImmutableSortedDictionary<string, long> Counters { get; init; } = Counts.None;

    /// <summary>When it was heard last.</summary>
    public DateTimeOffset HeardAt { get; init; }

    /// <summary>When the last order was given that still waits for its effect; null for none.</summary>
    public DateTimeOffset? OrderedAt { get; init; }

    /// <summary>The generation that it was deployed in last; 0 for none.</summary>
    public long DeployedGeneration { get; init; }

    /// <summary>When it was first deployed in that generation.</summary>
    public DateTimeOffset DeployedAt { get; init; }

    /// <summary>The generation for which it is ready; 0 for none.</summary>
    public long ReadyGeneration { get; init; }

    /// <summary>Its last report; null before the first.</summary>
    public WorkerReport? Report { get; init; }

    /// <summary>What its capacity is measured from.</summary>
    public BusyWindow Busy { get; init; } = BusyWindow.Empty;

    public int Number => Entry.Number;

    public WorkerKey KeyIn(string topology) => new(topology, Entry.Number, Entry.Incarnation);

    /// <summary>Its last report if that is of a generation, else null: what was said of an older one holds no more.</summary>
    public WorkerReport? ReportOf(long generation) => Report?.Generation == generation ? Report : null;
}
