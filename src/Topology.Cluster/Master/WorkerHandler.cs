using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>Takes in what workers say, and what is said of them.</summary>
internal static class WorkerHandler
{
    public static void Announce(MasterTurn turn, MasterEvent.WorkerAnnounced announced)
    {
        var (key, process) = (announced.Worker, announced.Process);
        if (Find(turn, key) is not var (topology, worker) || worker.Phase is WorkerPhase.Gone or WorkerPhase.Dying || (worker.Entry.Process is { } known && known != process))
        {
            // Nobody's worker, or one whose time is over: it was never deployed, or will be seen dead before its work is given to another.
            turn.Do(new MasterAction.EndWorker(key, process));
            turn.Do(new MasterAction.KillWorker(announced.Host, key, process));
            return;
        }

        // Its supervisor may have forgotten it, or never have learnt its number.
        if (worker.Phase == WorkerPhase.Unknown) turn.Do(new MasterAction.AdoptWorker(worker.Entry.Host, key, process));
        turn.Put(topology.With(worker with
        {
            Entry = worker.Entry with { Process = process, Endpoint = announced.Endpoint },
            Phase = WorkerPhase.Connected,
            Since = worker.Phase == WorkerPhase.Connected ? worker.Since : turn.Now,
            HeardAt = turn.Now,
            OrderedAt = null,
            ReadyGeneration = announced.ReadyGeneration,
        }));
    }

    public static void Ready(MasterTurn turn, MasterEvent.WorkerReady ready)
    {
        if (Find(turn, ready.Worker) is not var (topology, worker) || worker.Phase != WorkerPhase.Connected) return;
        turn.Put(topology.With(worker with { HeardAt = turn.Now, ReadyGeneration = Math.Max(worker.ReadyGeneration, ready.Generation) }));
    }

    public static void Report(MasterTurn turn, MasterEvent.WorkerReported reported)
    {
        if (Find(turn, reported.Worker) is not var (topology, worker)) return;
        var report = reported.Report;
        // Also of one that is dead by now: what it had counted, it had counted.
        var counters = Moved(worker.Counters, Counts.Highest(worker.Counters, report.Counters));
        worker = worker with { Counters = counters, Busy = worker.Busy.Add(counters, turn.Now) };
        if (worker.Phase == WorkerPhase.Connected)
        {
            worker = worker with { HeardAt = turn.Now, Report = worker.Report?.Sequence >= report.Sequence ? worker.Report : report };
            topology = Progress(topology, report);
        }

        turn.Put(FirstAck(turn, topology.With(worker)));
    }

    public static void Exit(MasterTurn turn, MasterEvent.WorkerExited exited)
    {
        if (Find(turn, exited.Worker) is not var (topology, worker) || worker.Phase == WorkerPhase.Gone) return;
        if (worker.Entry.Process is { } process && process != exited.Process)
        {
            // A supervisor that knows of no process of it has not seen this one dead.
            if (exited.Process is null && worker.Phase != WorkerPhase.Dying) turn.Do(new MasterAction.AdoptWorker(worker.Entry.Host, exited.Worker, process));
            return;
        }

        turn.Put(Losses.Gone(turn, topology, [worker], $"worker {worker.Number} on {worker.Entry.Host} ended ({exited.Detail})"));
    }

    public static void LoseLink(MasterTurn turn, MasterEvent.LinkLost lost)
    {
        if (!turn.State.Topologies.TryGetValue(lost.Topology, out var topology) || topology.HasEnded || lost.Generation != topology.Entry.Generation) return;
        turn.Put(Losses.Link(turn, topology, lost));
    }

    /// <summary>The worker of a key, if that is its present incarnation; what older ones say is of no interest.</summary>
    private static (TopologyStatus Topology, WorkerStatus Worker)? Find(MasterTurn turn, WorkerKey key) =>
        turn.State.Topologies.TryGetValue(key.Topology, out var topology) && topology.Workers.TryGetValue(key.Worker, out var worker) && worker.Entry.Incarnation == key.Incarnation
            ? (topology, worker)
            : null;

    /// <summary>The new counters where there is something worth a write to the store: that time has passed for a worker that does nothing is not, and comes with what is counted next.</summary>
    private static ImmutableSortedDictionary<string, long> Moved(ImmutableSortedDictionary<string, long> before, ImmutableSortedDictionary<string, long> after) =>
        after.Any(counter => before.GetValueOrDefault(counter.Key) != counter.Value && !counter.Key.StartsWith(CounterName.Waiting + "/", StringComparison.Ordinal)) ? after : before;

    private static TopologyStatus Progress(TopologyStatus topology, WorkerReport report)
    {
        // What was done before the last failure does not excuse it.
        if (report.Generation != topology.Entry.Generation || report.Progress == 0 || topology.HasEnded) return topology;
        return topology with { History = topology.History.Progressed(), Entry = topology.Entry with { RestartsWithoutProgress = 0 } };
    }

    private static TopologyStatus FirstAck(MasterTurn turn, TopologyStatus topology)
    {
        if (topology.Entry.FirstAckAt is not null || topology.HasEnded) return topology;
        var spouts = topology.Entry.Spec.Plan.Components.Where(c => c.Kind == ComponentKind.Spout);
        return spouts.Any(s => topology.Workers.Values.Any(w => w.Counters.GetValueOrDefault(CounterName.Of(CounterName.Acked, s.Id)) > 0))
            ? topology with { Entry = topology.Entry with { FirstAckAt = turn.Now } }
            : topology;
    }
}
