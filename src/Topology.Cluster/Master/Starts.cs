using System.Collections.Immutable;
using static Topology.Cluster.TopologyState;

namespace Topology.Cluster;

/// <summary>Plans topologies that have no workers, and begins lives of workers.</summary>
internal static class Starts
{
    public static TopologyStatus Run(MasterTurn turn, TopologyStatus topology)
    {
        if (!topology.Entry.IsWanted) return topology.To(Inactive);
        const string NoSlot = "there is no free slot";
        return Begin(turn, topology) ?? (topology.Entry.Reason == NoSlot ? topology : topology with { Entry = topology.Entry with { Reason = NoSlot } });
    }

    /// <summary>Deals a topology's executors to as many workers as it wants and there are slots for, and starts them in a new generation; null where there is no slot.</summary>
    public static TopologyStatus? Begin(MasterTurn turn, TopologyStatus topology)
    {
        var hosts = Places.For(turn, topology);
        var workers = Math.Min(topology.Entry.Spec.Workers, hosts.Sum(h => h.Slots));
        if (workers == 0) return null;
        var dealt = ExecutorAssigner.Assign(topology.Entry.Spec.Plan, workers, []);
        var places = HostAssigner.Assign(hosts, [.. dealt.Select(_ => (string?)null)], spread: true);
        topology = Losses.Raise(turn, topology.To(Starting), FailKind.WorkerLost) with { IsCutShort = false, CountedGeneration = 0 };
        for (var number = 0; number < dealt.Length; number++) topology = Launch(turn, topology, number, places[number]!, dealt[number], 0);
        return topology;
    }

    /// <summary>Begins a worker's next life. What its last one counted stays counted. The start itself is a standing order.</summary>
    public static TopologyStatus Launch(MasterTurn turn, TopologyStatus topology, int number, string host, ImmutableArray<AssignedExecutor> executors, int restarts)
    {
        var entry = topology.Entry with { LastIncarnation = checked(topology.Entry.LastIncarnation + 1) };
        if (topology.Workers.TryGetValue(number, out var old)) topology = Endings.Drop(topology, old);
        var worker = new WorkerEntry(number, entry.LastIncarnation, entry.Generation, host, executors) { Restarts = restarts };
        return (topology with { Entry = entry }).With(new WorkerStatus(worker, WorkerPhase.Starting, turn.Now));
    }
}
