using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>A topology as the master knows it. Immutable.</summary>
/// <param name="Entry">What is durable.</param>
/// <param name="Restarts">Its restart strategy.</param>
internal sealed record TopologyStatus(TopologyEntry Entry, RestartStrategy Restarts)
{
    /// <summary>Its workers, by number.</summary>
    public ImmutableSortedDictionary<int, WorkerStatus> Workers { get; init; } = ImmutableSortedDictionary<int, WorkerStatus>.Empty;

    /// <summary>The sum of the last counters of incarnations that are gone: durable.</summary>
    public ImmutableSortedDictionary<string, long> Past { get; init; } = Counts.None;

    /// <summary>What the restart strategy remembers.</summary>
    public RestartHistory History { get; init; } = RestartHistory.Empty;

    /// <summary>Before when nothing is started again.</summary>
    public DateTimeOffset StartAfter { get; init; }

    /// <summary>The generation that the last failure raised: later losses of workers that were not yet ready in it belong to the same failure.</summary>
    public long CountedGeneration { get; init; }

    /// <summary>Why trees fail that were pending when the generation was raised last.</summary>
    public FailKind Cause { get; init; } = FailKind.WorkerLost;

    /// <summary>Whether what drains or changes over cannot be worked off any more, or is, so that workers are killed.</summary>
    public bool IsCutShort { get; init; }

    /// <summary>How far it is with draining.</summary>
    public DrainStage Stage { get; init; }

    public string Id => Entry.Id;

    public bool HasEnded => Entry.State.IsEnded();

    public bool AllAre(WorkerPhase phase) => Workers.Values.All(w => w.Phase == phase);

    /// <summary>Whether every worker is ready in the present generation.</summary>
    public bool IsReady => !Workers.IsEmpty && Workers.Values.All(w => w.Phase == WorkerPhase.Connected && w.ReadyGeneration == Entry.Generation);

    public TopologyStatus With(WorkerStatus worker) => this with { Workers = Workers.SetItem(worker.Number, worker) };

    /// <summary>Takes a step in its life.</summary>
    /// <exception cref="InvalidOperationException">There is no such step.</exception>
    public TopologyStatus To(TopologyState state, string? reason = null)
    {
        if (!LifecycleTable.Allows(Entry.State, state)) throw new InvalidOperationException($"No topology goes from {Entry.State} to {state}.");
        return this with { Entry = Entry with { State = state, Reason = reason } };
    }

    /// <summary>What runs where now.</summary>
    public Assignment Assignment()
    {
        var ackers = AckerAssigner.Assign(Entry.Spec.Plan, [.. Workers.Values.Select(w => w.Entry.Executors)]);
        return new Assignment(Entry.Spec.Plan.Hash, Entry.Generation, [.. Workers.Values.Select((w, place) =>
            new WorkerAssignment(w.Number, w.Entry.Incarnation, w.Entry.Host, w.Entry.Executors, ackers[place]))]);
    }
}
