namespace Topology.Cluster;

/// <summary>Ends topologies, and the workers of those that have ended.</summary>
internal static class Endings
{
    /// <summary>Ends a topology for good. Its workers are forgotten one by one as they are seen dead.</summary>
    public static TopologyStatus End(MasterTurn turn, TopologyStatus topology, TopologyState state, string? reason)
    {
        var ended = topology.To(state, reason).Reordered();
        return ended with { Entry = ended.Entry with { CompletedAt = turn.Now, Deadline = null, RebalanceTo = null, Ending = Ending.None } };
    }

    /// <summary>Ends what is left of a topology that has ended: workers that have finished by themselves, within a limit, all others at once.</summary>
    public static TopologyStatus Run(MasterTurn turn, TopologyStatus topology)
    {
        foreach (var worker in topology.Workers.Values)
        {
            topology = worker.Phase switch
            {
                WorkerPhase.Gone => Drop(topology, worker),
                WorkerPhase.Dying => topology,
                WorkerPhase.Connected when IsFinished(topology, worker) && turn.Now - topology.Entry.CompletedAt < turn.Options.EndTimeout => TellToEnd(turn, topology, worker),
                _ => topology.With(Workers.Condemn(turn, worker)),
            };
        }

        return topology;
    }

    /// <summary>Tells a worker that has finished to end by itself.</summary>
    public static TopologyStatus TellToEnd(MasterTurn turn, TopologyStatus topology, WorkerStatus worker)
    {
        if (!turn.IsDue(worker)) return topology;
        turn.Do(new MasterAction.EndWorker(worker.KeyIn(topology.Id), worker.Entry.Process!));
        return topology.With(worker with { OrderedAt = turn.Now });
    }

    /// <summary>Forgets a worker that is gone, except for what it counted.</summary>
    public static TopologyStatus Drop(TopologyStatus topology, WorkerStatus worker) =>
        topology with { Workers = topology.Workers.Remove(worker.Number), Past = Counts.Sum(topology.Past, worker.Counters) };

    /// <summary>Forgets the topologies that ended longest ago and have no workers any more, when more are kept than should be.</summary>
    public static void Forget(MasterTurn turn)
    {
        var ended = turn.State.Topologies.Values.Where(t => t.HasEnded).ToArray();
        if (ended.Length <= turn.Options.EndedKept) return;
        var oldest = ended.OrderBy(t => t.Entry.CompletedAt).ThenBy(t => t.Id, StringComparer.Ordinal).Take(ended.Length - turn.Options.EndedKept).Where(t => t.Workers.IsEmpty);
        turn.State = turn.State with { Topologies = turn.State.Topologies.RemoveRange(oldest.Select(t => t.Id)) };
    }

    private static bool IsFinished(TopologyStatus topology, WorkerStatus worker) => worker.ReportOf(topology.Entry.Generation)?.IsFinished == true;
}
