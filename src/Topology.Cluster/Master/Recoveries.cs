using System.Collections.Immutable;
using static Topology.Cluster.TopologyState;

namespace Topology.Cluster;

/// <summary>Starts what is gone again, and deploys all workers together: no spout emits before every worker is ready in the generation.</summary>
internal static class Recoveries
{
    public static TopologyStatus Run(MasterTurn turn, TopologyStatus topology)
    {
        topology = Deploy(turn, Replace(turn, topology));
        if (!topology.IsReady) return topology;
        topology = topology.To(topology.Entry.IsWanted ? Active : Inactive).Reordered();
        return topology with { Entry = topology.Entry with { Deadline = null } };
    }

    private static TopologyStatus Replace(MasterTurn turn, TopologyStatus topology)
    {
        if (turn.Now < topology.StartAfter) return topology;
        // Frames of the dead are fenced by the generation, files are fenced by nothing: a zombie that wakes would write into those of its replacement.
        if (turn.Options.SeesDeathFirst && topology.Workers.Values.Any(w => w.Phase == WorkerPhase.Dying)) return topology;
        var gone = topology.Workers.Values.Where(w => w.Phase is WorkerPhase.Gone or WorkerPhase.Dying).ToArray();
        if (gone.Length == 0) return topology;
        var hosts = Places.For(turn, topology);
        var places = HostAssigner.Assign(WithPresent(hosts, topology), [.. topology.Workers.Values.Select(w => w.Entry.Host)], spread: false);
        foreach (var (worker, place) in topology.Workers.Values.Zip(places).Where(pair => gone.Contains(pair.First)))
        {
            if (place is not null) topology = Starts.Launch(turn, topology, worker.Number, place, worker.Entry.Executors, worker.Entry.Restarts + 1);
        }

        return topology;
    }

    /// <summary>Workers that live stay where they are, also on a host that may not be used for new ones.</summary>
    private static HostSlots[] WithPresent(HostSlots[] hosts, TopologyStatus topology)
    {
        var living = topology.Workers.Values.Where(w => w.Phase is not (WorkerPhase.Gone or WorkerPhase.Dying)).CountBy(w => w.Entry.Host);
        return [.. hosts, .. living.Where(l => !hosts.Any(h => h.Host == l.Key)).Select(l => new HostSlots(l.Key, l.Value))];
    }

    private static TopologyStatus Deploy(MasterTurn turn, TopologyStatus topology)
    {
        if (!topology.AllAre(WorkerPhase.Connected)) return topology;
        var generation = topology.Entry.Generation;
        var waiting = topology.Workers.Values.Where(w => w.ReadyGeneration < generation && (w.DeployedGeneration < generation || turn.IsDue(w))).ToArray();
        if (waiting.Length == 0) return topology;
        var assignment = topology.Assignment();
        var endpoints = topology.Workers.ToImmutableSortedDictionary(w => w.Key, w => w.Value.Entry.Endpoint!);
        foreach (var worker in waiting)
        {
            turn.Do(new MasterAction.DeployWorker(worker.KeyIn(topology.Id), assignment, endpoints));
            var deployedAt = worker.DeployedGeneration == generation ? worker.DeployedAt : turn.Now;
            topology = topology.With(worker with { DeployedGeneration = generation, DeployedAt = deployedAt, OrderedAt = turn.Now });
        }

        return topology;
    }
}
