using static Topology.Cluster.TopologyState;

namespace Topology.Cluster;

/// <summary>
/// Ends a topology in order: its spouts end and what is in flight is worked off; then, when that holds for all workers, end of stream goes through, bolts finish and are cleaned up. Cut short by a deadline or a loss, workers are killed.
/// </summary>
internal static class Drains
{
    public static TopologyStatus Run(MasterTurn turn, TopologyStatus topology)
    {
        if (topology.IsCutShort || topology.Entry.Deadline <= turn.Now) return CutShort(turn, topology);
        var generation = topology.Entry.Generation;
        if (topology.Workers.Values.All(w => w.ReportOf(generation)?.IsFinished == true)) return Finished(turn, topology);
        if (!Running.IsExhausted(topology)) return topology.Order(turn, _ => topology.Entry.Ending != Ending.Complete, (key, g) => new MasterAction.DrainSpouts(key, g));
        return Reach(topology, DrainStage.Finishing).Order(turn, report => report?.IsFinished != true, (key, g) => new MasterAction.FinishWorker(key, g));
    }

    /// <summary>The orders of a new stage do not wait for what those of the last one are given.</summary>
    private static TopologyStatus Reach(TopologyStatus topology, DrainStage stage) =>
        topology.Stage == stage ? topology : topology.Reordered() with { Stage = stage };

    private static TopologyStatus Finished(MasterTurn turn, TopologyStatus topology) => topology.Entry.Ending switch
    {
        Ending.Complete => Endings.End(turn, topology, Completed, null),
        Ending.Kill => Endings.End(turn, topology, Killed, null),
        _ => Suspend(turn, topology),
    };

    /// <summary>Has workers that are done end by themselves, for so long as they are given, and rests when they have.</summary>
    private static TopologyStatus Suspend(MasterTurn turn, TopologyStatus topology)
    {
        if (topology.AllAre(WorkerPhase.Gone)) return Rest(topology);
        var latest = turn.Now + turn.Options.EndTimeout;
        if (!(topology.Entry.Deadline <= latest)) topology = topology with { Entry = topology.Entry with { Deadline = latest } };
        topology = Reach(topology, DrainStage.EndingWorkers);
        foreach (var worker in topology.Workers.Values.Where(w => w.Phase == WorkerPhase.Connected)) topology = Endings.TellToEnd(turn, topology, worker);
        return topology;
    }

    private static TopologyStatus CutShort(MasterTurn turn, TopologyStatus topology)
    {
        if (topology.Entry.Ending == Ending.Kill) return Endings.End(turn, topology, Killed, null);
        if (topology.AllAre(WorkerPhase.Gone)) return Rest(topology);
        foreach (var worker in topology.Workers.Values.Where(w => w.Phase is not (WorkerPhase.Gone or WorkerPhase.Dying)))
            topology = topology.With(Workers.Condemn(turn, worker));
        return topology with { IsCutShort = true };
    }

    private static TopologyStatus Rest(TopologyStatus topology)
    {
        foreach (var worker in topology.Workers.Values) topology = Endings.Drop(topology, worker);
        topology = topology.To(Inactive, "drained");
        return topology with { Entry = topology.Entry with { Ending = Ending.None, Deadline = null }, IsCutShort = false };
    }
}
