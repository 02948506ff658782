using static Topology.Cluster.TopologyState;

namespace Topology.Cluster;

/// <summary>Keeps the spouts of a running topology as they should be, and notices when all are exhausted.</summary>
internal static class Running
{
    public static TopologyStatus RunActive(MasterTurn turn, TopologyStatus topology)
    {
        topology = SetSpouts(turn, topology, true);
        if (!IsExhausted(topology)) return topology;
        topology = topology.To(Draining, "every spout is exhausted").Reordered();
        return topology with { Entry = topology.Entry with { Ending = Ending.Complete, Deadline = null }, IsCutShort = false, Stage = DrainStage.WorkingOff };
    }

    public static TopologyStatus RunInactive(MasterTurn turn, TopologyStatus topology) => SetSpouts(turn, topology, false);

    public static TopologyStatus SetSpouts(MasterTurn turn, TopologyStatus topology, bool active) =>
        topology.Order(turn, report => report is null || report.IsActive != active, (key, generation) => new MasterAction.SetSpouts(key, generation, active));

    /// <summary>
    /// Whether every spout task has said in this generation that it is exhausted, or ended, and every worker that nothing is pending and its positions are committed. What was said of an older generation does not count:
    /// its trees have failed since.
    /// </summary>
    public static bool IsExhausted(TopologyStatus topology)
    {
        var spouts = topology.Entry.Spec.Plan.Components.Where(c => c.Kind == ComponentKind.Spout).Select(c => c.Id).ToHashSet();
        return !topology.Workers.IsEmpty && topology.Workers.Values.All(w => IsExhausted(w.ReportOf(topology.Entry.Generation), TasksOf(w, spouts)));
    }

    private static bool IsExhausted(WorkerReport? report, IEnumerable<int> tasks) =>
        report is { Pending: 0, PositionsCommitted: true } && !tasks.Except(report.EndedTasks).Any();

    private static IEnumerable<int> TasksOf(WorkerStatus worker, HashSet<string> spouts) =>
        worker.Entry.Executors.Where(e => spouts.Contains(e.Component)).SelectMany(e => Enumerable.Range(e.FirstTask, e.LastTask - e.FirstTask + 1));
}
