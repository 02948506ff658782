namespace Topology.Cluster.Tests;

/// <summary>How things have to stand when faults are over, and when a topology completes.</summary>
internal static class EndState
{
    public static void Check(SimulatedWorld world, MasterState state, IEnumerable<string> submitted, IEnumerable<string> killed)
    {
        foreach (var id in submitted) Require(state.Topologies.ContainsKey(id), $"Topology {id} was accepted and is not there.");
        foreach (var id in killed) Require(state.Topologies[id].HasEnded, $"Topology {id} was to be killed and is {state.Topologies[id].Entry.State}.");
        foreach (var topology in state.Topologies.Values) Check(world, topology);
        foreach (var worker in world.Living())
        {
            var known = state.Topologies.GetValueOrDefault(worker.Key.Topology)?.Workers.GetValueOrDefault(worker.Key.Worker);
            Require(known?.Entry.Incarnation == worker.Key.Incarnation && known.Phase == WorkerPhase.Connected && known.Entry.Process == worker.Process, $"Worker {worker.Key} is nobody's.");
        }
    }

    /// <summary>By the workers themselves, not by what the master was told.</summary>
    public static void CheckCompleted(SimulatedWorld world, TopologyStatus topology, IEnumerable<SimulatedWorker> workers)
    {
        world.Count("completion checked");
        foreach (var entry in topology.Workers.Values.Select(w => w.Entry))
        {
            var worker = workers.Single(w => w.Key == new WorkerKey(topology.Id, entry.Number, entry.Incarnation) && w.Process == entry.Process);
            Require(worker.Generation == topology.Entry.Generation && worker.AreSpoutsEnded && worker.IsFinished, $"Topology {topology.Id} completed before worker {entry.Number} had finished.");
        }
    }

    private static void Check(SimulatedWorld world, TopologyStatus topology)
    {
        var entry = topology.Entry;
        var rests = entry.State is TopologyState.Active or TopologyState.Inactive || (entry.State == TopologyState.Submitted && entry.Reason is not null);
        Require(rests || topology.HasEnded, $"Topology {entry.Id} is {entry.State}: {entry.Reason}.");
        Require(!topology.HasEnded || topology.Workers.IsEmpty, $"Topology {entry.Id} has ended and has workers.");
        Require(entry.State != TopologyState.Active || (topology.IsReady && entry.IsWanted), $"Topology {entry.Id} is active and not ready.");
        var image = world.Store[entry.Id];
        Require(image.Entry == entry, $"What is kept of topology {entry.Id} is not what is known.");
        var total = topology.Workers.Values.Aggregate(topology.Past, (sum, w) => Counts.Sum(sum, w.Counters));
        Require(total.SequenceEqual(SimulatedStore.Total(image)), $"What is counted of topology {entry.Id} is not what is kept.");
        if (entry.State != TopologyState.Active) return;
        foreach (var worker in world.Living().Where(w => w.Key.Topology == entry.Id)) Require(worker.IsActive && worker.Generation == entry.Generation, $"Worker {worker.Key} is not active.");
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition) throw new WrongException(otherwise);
    }
}
