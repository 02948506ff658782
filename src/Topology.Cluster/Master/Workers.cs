namespace Topology.Cluster;

/// <summary>Small steps of workers.</summary>
internal static class Workers
{
    /// <summary>Has a worker killed until it is seen dead.</summary>
    public static WorkerStatus Condemn(MasterTurn turn, WorkerStatus worker) => worker with { Phase = WorkerPhase.Dying, Since = turn.Now, OrderedAt = null };

    /// <summary>A worker has no process any more.</summary>
    public static WorkerStatus Bury(MasterTurn turn, WorkerStatus worker) => worker with { Phase = WorkerPhase.Gone, Since = turn.Now, OrderedAt = null };

    /// <summary>Gives every connected worker its orders anew, at once.</summary>
    public static TopologyStatus Reordered(this TopologyStatus topology)
    {
        foreach (var worker in topology.Workers.Values.Where(w => w.Phase == WorkerPhase.Connected && w.OrderedAt is not null))
            topology = topology.With(worker with { OrderedAt = null });
        return topology;
    }

    /// <summary>Gives an order to each connected worker on which the last one had no effect, unless it was given only just now.</summary>
    /// <param name="topology">The topology.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="needs">Whether a worker, by its report of this generation if there is one, needs the order.</param>
    /// <param name="order">The order.</param>
    public static TopologyStatus Order(this TopologyStatus topology, MasterTurn turn, Func<WorkerReport?, bool> needs, Func<WorkerKey, long, MasterAction> order)
    {
        foreach (var worker in topology.Workers.Values.Where(w => w.Phase == WorkerPhase.Connected && turn.IsDue(w) && needs(w.ReportOf(topology.Entry.Generation))))
        {
            turn.Do(order(worker.KeyIn(topology.Id), topology.Entry.Generation));
            topology = topology.With(worker with { OrderedAt = turn.Now });
        }

        return topology;
    }
}
