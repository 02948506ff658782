using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>What is durable of a topology, its workers apart. Immutable.</summary>
/// <param name="Spec">What was submitted.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="IsWanted">Whether it is to be active once it runs: what it goes back to after starting, recovering, rebalancing, or being drained and resumed.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
internal sealed record TopologyEntry(TopologySpec Spec, TopologyState State, bool IsWanted, DateTimeOffset SubmittedAt)
{
    /// <summary>Why it is in this state; null where the state says it all.</summary>
    public string? Reason { get; init; }

    /// <summary>The fencing number of frames and positions; only rises.</summary>
    public long Generation { get; init; }

    /// <summary>The last incarnation that any of its workers was begun with; only rises.</summary>
    public long LastIncarnation { get; init; }

    /// <summary>What it drains for.</summary>
    public Ending Ending { get; init; }

    /// <summary>When a drain, or the wait of a rebalance, is over; null for never.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>How many workers a rebalance that has not changed over yet leads to; null for none.</summary>
    public int? RebalanceTo { get; init; }

    /// <summary>The executors that such a rebalance gives to components, by id; those that are left out keep theirs.</summary>
    public ImmutableSortedDictionary<string, int> RebalanceExecutors { get; init; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>When the first tree was acked, by the reports; null until then.</summary>
    public DateTimeOffset? FirstAckAt { get; init; }

    /// <summary>When it ended; null while it lives.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Restarts since the last progress.</summary>
    public int RestartsWithoutProgress { get; init; }

    public string Id => Spec.Id;
}
