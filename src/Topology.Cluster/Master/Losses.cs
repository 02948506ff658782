using static Topology.Cluster.TopologyState;

namespace Topology.Cluster;

/// <summary>
/// What follows when workers or links are lost: the generation rises, which fences all that the lost had sent, pending trees fail at once, and the restart strategy says when replacements start. Losses before a worker is ready again are
/// one failure with the first.
/// </summary>
internal static class Losses
{
    /// <summary>Workers were seen dead.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="topology">Their topology.</param>
    /// <param name="workers">The workers.</param>
    /// <param name="what">What happened, for people.</param>
    public static TopologyStatus Gone(MasterTurn turn, TopologyStatus topology, IReadOnlyList<WorkerStatus> workers, string what)
    {
        var missed = workers.Where(w => w.Phase != WorkerPhase.Dying && !IsDone(topology, w)).ToArray();
        foreach (var worker in workers) topology = topology.With(Workers.Bury(turn, worker));
        return missed.Length == 0 ? topology : Lose(turn, topology, missed, FailKind.WorkerLost, what);
    }

    /// <summary>A worker does not do what it should: it is killed, and replaced once it is seen dead.</summary>
    public static TopologyStatus Missing(MasterTurn turn, TopologyStatus topology, WorkerStatus worker, string what) =>
        Lose(turn, topology.With(Workers.Condemn(turn, worker)), [worker], FailKind.WorkerLost, what);

    /// <summary>A link has a gap. No worker is replaced.</summary>
    public static TopologyStatus Link(MasterTurn turn, TopologyStatus topology, MasterEvent.LinkLost lost) =>
        Lose(turn, topology, [.. topology.Workers.Values.Where(w => w.Number == lost.From)], FailKind.LinkLost, $"the link from worker {lost.From} to worker {lost.To} lost messages");

    private static TopologyStatus Lose(MasterTurn turn, TopologyStatus topology, WorkerStatus[] lost, FailKind cause, string what)
    {
        if (topology.HasEnded) return topology;
        // What was in flight is not worked off any more; it is replayed from the committed positions when the topology is resumed.
        if (topology.Entry is { State: Draining, Ending: not Ending.Complete }) return topology with { IsCutShort = true };
        topology = Count(turn, topology, lost, what);
        if (topology.HasEnded) return topology;
        return Raise(turn, Stepped(topology, what), cause);
    }

    /// <summary>Raises the generation, and tells the living to fail what is pending.</summary>
    public static TopologyStatus Raise(MasterTurn turn, TopologyStatus topology, FailKind cause)
    {
        var generation = checked(topology.Entry.Generation + 1);
        foreach (var worker in topology.Workers.Values.Where(w => w.Phase == WorkerPhase.Connected)) turn.Do(new MasterAction.FailPendingTrees(worker.KeyIn(topology.Id), generation, cause));
        return (topology with { Entry = topology.Entry with { Generation = generation }, Cause = cause }).Reordered();
    }

    private static TopologyStatus Stepped(TopologyStatus topology, string what)
    {
        var entry = topology.Entry;
        if (entry.State is Active or Inactive or Draining)
        {
            var recovering = topology.To(Recovering, what);
            return recovering with { Entry = recovering.Entry with { Ending = Ending.None, Deadline = null }, IsCutShort = false };
        }

        // A rebalance need not wait for what is lost.
        return topology with { Entry = entry with { Reason = what }, IsCutShort = entry.RebalanceTo is not null };
    }

    private static TopologyStatus Count(MasterTurn turn, TopologyStatus topology, WorkerStatus[] lost, string what)
    {
        if (!lost.Any(w => IsNewFailure(topology, w))) return topology;
        var decision = topology.Restarts.Decide(topology.History, turn.Now, turn.Draw());
        if (decision.Delay is not { } delay) return Endings.End(turn, topology, Failed, $"{what}, and {decision.Refusal}");
        return topology with
        {
            Entry = topology.Entry with { RestartsWithoutProgress = decision.History.WithoutProgress },
            History = decision.History,
            StartAfter = turn.Now + delay,
            CountedGeneration = topology.Entry.Generation + 1,
        };
    }

    private static bool IsNewFailure(TopologyStatus topology, WorkerStatus worker)
    {
        // The daemon ended between ordering the start and hearing of it: not the worker's fault.
        if (worker.Phase == WorkerPhase.Unknown && worker.Entry.Process is null) return false;
        return Math.Max(worker.Entry.Generation, worker.ReadyGeneration) >= topology.CountedGeneration;
    }

    private static bool IsDone(TopologyStatus topology, WorkerStatus worker) =>
        topology.Entry.State == Draining && worker.ReportOf(topology.Entry.Generation)?.IsFinished == true;
}
