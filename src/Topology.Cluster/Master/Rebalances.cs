using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>
/// Changes over to other assignments: spouts rest until nothing is pending or the wait is over; workers whose part changes are killed; when they are seen dead, the new assignments begin in a new generation.
/// What does not change keeps its process.
/// </summary>
internal static class Rebalances
{
    public static TopologyStatus Run(MasterTurn turn, TopologyStatus topology)
    {
        if (!IsWorkedOff(turn, topology)) return Running.SetSpouts(turn, topology, false);
        var (parts, places) = Target(turn, topology);
        if (parts.IsEmpty) return topology;
        topology = topology with { IsCutShort = true };
        foreach (var worker in topology.Workers.Values.Where(w => w.Phase is not (WorkerPhase.Gone or WorkerPhase.Dying) && !Stays(w, parts, places)))
            topology = topology.With(Workers.Condemn(turn, worker));
        return topology.Workers.Values.Any(w => w.Phase == WorkerPhase.Dying) ? topology : ChangeOver(turn, topology, parts, places);
    }

    private static bool IsWorkedOff(MasterTurn turn, TopologyStatus topology) =>
        topology.IsCutShort
        || topology.Entry.Deadline <= turn.Now
        || topology.Workers.Values.All(w => w.ReportOf(topology.Entry.Generation) is { IsActive: false, Pending: 0 });

    private static (ImmutableArray<ImmutableArray<AssignedExecutor>> Parts, ImmutableArray<string?> Places) Target(MasterTurn turn, TopologyStatus topology)
    {
        var hosts = Places.For(turn, topology);
        var workers = Math.Min(topology.Entry.RebalanceTo!.Value, hosts.Sum(h => h.Slots));
        if (workers == 0) return ([], []);
        var parts = ExecutorAssigner.Assign(PlanOf(topology), workers, [.. topology.Workers.Values.Select(w => w.Entry.Executors)]);
        return (parts, HostAssigner.Assign(hosts, [.. parts.Select((_, number) => topology.Workers.GetValueOrDefault(number)?.Entry.Host)], spread: true));
    }

    private static PlanOutline PlanOf(TopologyStatus topology) => topology.Entry.Spec.Plan.With(topology.Entry.RebalanceExecutors);

    private static bool Stays(WorkerStatus worker, ImmutableArray<ImmutableArray<AssignedExecutor>> parts, ImmutableArray<string?> places) =>
        worker.Phase != WorkerPhase.Gone
        && worker.Number < parts.Length
        && worker.Entry.Host == places[worker.Number]
        && worker.Entry.Executors.SequenceEqual(parts[worker.Number]);

    private static TopologyStatus ChangeOver(MasterTurn turn, TopologyStatus topology, ImmutableArray<ImmutableArray<AssignedExecutor>> parts, ImmutableArray<string?> places)
    {
        topology = Losses.Raise(turn, topology, FailKind.WorkerLost);
        var spec = topology.Entry.Spec with { Plan = PlanOf(topology) };
        topology = topology with { Entry = topology.Entry with { Spec = spec, RebalanceTo = null, RebalanceExecutors = topology.Entry.RebalanceExecutors.Clear(), Deadline = null }, IsCutShort = false, StartAfter = turn.Now };
        foreach (var worker in topology.Workers.Values.Where(w => w.Number >= parts.Length)) topology = Endings.Drop(topology, worker);
        for (var number = 0; number < parts.Length; number++)
        {
            var old = topology.Workers.GetValueOrDefault(number);
            if (old is null || !Stays(old, parts, places)) topology = Starts.Launch(turn, topology, number, places[number]!, parts[number], old?.Entry.Restarts ?? 0);
        }

        return topology;
    }
}
