using static Topology.Cluster.TopologyState;

namespace Topology.Cluster;

/// <summary>Brings a topology a step nearer to what it should be, from what is known of it, whatever has led there. So orders that were lost, and crashes between two steps, need no rules of their own.</summary>
internal static class Reconciler
{
    public static void Run(MasterTurn turn, string id)
    {
        var topology = turn.State.Topologies[id];
        TopologyState before;
        do
        {
            before = topology.Entry.State;
            topology = Step(turn, Overdue.Run(turn, topology));
        }
        while (topology.Entry.State != before);

        turn.Put(Repeat(turn, topology));
    }

    private static TopologyStatus Step(MasterTurn turn, TopologyStatus topology) => topology.Entry.State switch
    {
        Submitted => Starts.Run(turn, topology),
        Starting or Recovering => Recoveries.Run(turn, topology),
        Active => Running.RunActive(turn, topology),
        Inactive => Running.RunInactive(turn, topology),
        Rebalancing => topology.Entry.RebalanceTo is null ? Recoveries.Run(turn, topology) : Rebalances.Run(turn, topology),
        Draining => Drains.Run(turn, topology),
        _ => Endings.Run(turn, topology),
    };

    /// <summary>Orders that stand as long as a worker is in a phase.</summary>
    private static TopologyStatus Repeat(MasterTurn turn, TopologyStatus topology)
    {
        foreach (var worker in topology.Workers.Values.Where(turn.IsDue))
        {
            if (Standing(topology, worker) is not { } order) continue;
            turn.Do(order);
            topology = topology.With(worker with { OrderedAt = turn.Now });
        }

        return topology;
    }

    private static MasterAction? Standing(TopologyStatus topology, WorkerStatus worker) => worker.Phase switch
    {
        WorkerPhase.Dying => new MasterAction.KillWorker(worker.Entry.Host, worker.KeyIn(topology.Id), worker.Entry.Process),
        WorkerPhase.Starting => new MasterAction.StartWorker(worker.Entry.Host, worker.KeyIn(topology.Id)),
        WorkerPhase.Unknown => new MasterAction.AdoptWorker(worker.Entry.Host, worker.KeyIn(topology.Id), worker.Entry.Process),
        _ => null,
    };
}
