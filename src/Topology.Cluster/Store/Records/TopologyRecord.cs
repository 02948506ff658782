using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>A topology as submitted, and where it is in its life. Immutable.</summary>
/// <param name="Id">Names it for ever; never used again. 1 to 200 characters, without control characters, like every id here.</param>
/// <param name="Name">What people call it. At most one living topology has a name; ended ones keep theirs.</param>
/// <param name="Upload">The upload that holds its code: 64 hexadecimal digits.</param>
/// <param name="Class">The full name of the class that builds it.</param>
/// <param name="Settings">The settings given at submission. At most 1,000,000 characters as JSON.</param>
/// <param name="Plan">The outline of its plan. At most 1,000,000 characters as JSON.</param>
/// <param name="Workers">How many worker processes it asks for; at least 1.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="SubmittedAt">When it was submitted.</param>
public sealed record TopologyRecord(
    string Id,
    string Name,
    string Upload,
    string Class,
    ImmutableSortedDictionary<string, string> Settings,
    PlanOutline Plan,
    int Workers,
    TopologyState State,
    DateTimeOffset SubmittedAt)
{
    /// <summary>Whether it is to be active once it runs.</summary>
    public bool IsWanted { get; init; }

    /// <summary>Why it is in this state, for people; null where the state says it all. Longer texts are cut at 16,384 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>What it drains for.</summary>
    public Ending Ending { get; init; }

    /// <summary>When a drain, or the wait of a rebalance, is over; null for never.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>How many workers a rebalance leads to that has not changed over yet, at least 1; null for none.</summary>
    public int? RebalanceTo { get; init; }

    /// <summary>The executors that such a rebalance gives to components, by id: at least 1 each.</summary>
    public ImmutableSortedDictionary<string, int> RebalanceExecutors { get; init; } = ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>How often it was started again since it made progress last.</summary>
    public int RestartsWithoutProgress { get; init; }

    /// <summary>When the first tree was acked; null until then. Once set it never changes.</summary>
    public DateTimeOffset? FirstAckAt { get; init; }

    /// <summary>When it ended; null while it lives.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>A fencing number: frames and positions of an older generation are refused. Begins at 0 and only rises.</summary>
    public long Generation { get; init; }

    /// <summary>The last incarnation that was issued to a worker of this topology; 0 before the first. Only rises.</summary>
    public long LastIncarnation { get; init; }
}
