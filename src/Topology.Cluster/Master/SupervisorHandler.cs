using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>Takes in what supervisors say, and their silence.</summary>
internal static class SupervisorHandler
{
    public static void Join(MasterTurn turn, MasterEvent.SupervisorJoined joined)
    {
        var host = joined.Supervisor;
        var leaseEnds = joined.IsLocal ? DateTimeOffset.MaxValue : turn.Now + turn.Options.Lease.Lease;
        Put(turn, new SupervisorStatus(host, joined.Slots, turn.Now, leaseEnds, true));
        turn.Do(new MasterAction.GrantLease(host, joined.AskedAt));
        KillUnknown(turn, host, joined.Workers);
        foreach (var topology in turn.State.Topologies.Values) turn.Put(Compare(turn, topology, joined));
    }

    public static void Lease(MasterTurn turn, MasterEvent.LeaseAsked asked)
    {
        // One whose lease has ended has to join first, and so to say what it has.
        if (!turn.State.Supervisors.TryGetValue(asked.Supervisor, out var supervisor) || !supervisor.HasJoined)
        {
            turn.Do(new MasterAction.AskToJoin(asked.Supervisor));
            return;
        }

        var leaseEnds = supervisor.LeaseEnds == DateTimeOffset.MaxValue ? supervisor.LeaseEnds : turn.Now + turn.Options.Lease.Lease;
        Put(turn, supervisor with { HeardAt = turn.Now, LeaseEnds = leaseEnds });
        turn.Do(new MasterAction.GrantLease(asked.Supervisor, asked.AskedAt));
        KillUnknown(turn, asked.Supervisor, asked.Workers);
    }

    /// <summary>What a supervisor kept is dead when its lease has ended.</summary>
    public static void EndLeases(MasterTurn turn)
    {
        foreach (var supervisor in turn.State.Supervisors.Values.Where(s => s.LeaseEnds <= turn.Now))
        {
            turn.State = turn.State with { Supervisors = turn.State.Supervisors.Remove(supervisor.Id) };
            foreach (var topology in turn.State.Topologies.Values)
            {
                var lost = topology.Workers.Values.Where(w => w.Entry.Host == supervisor.Id && w.Phase != WorkerPhase.Gone).ToArray();
                if (lost.Length > 0) turn.Put(Losses.Gone(turn, topology, lost, $"host {supervisor.Id} was lost with {lost.Length} workers"));
            }
        }
    }

    /// <summary>The master's time has gone further than time has passed, so that supervisors have that much left of their leases, and have been silent for that much less.</summary>
    public static MasterState Prolong(MasterState state, TimeSpan by) => state with
    {
        Supervisors = state.Supervisors.ToImmutableSortedDictionary(
            s => s.Key,
            s => s.Value with { HeardAt = s.Value.HeardAt + by, LeaseEnds = s.Value.LeaseEnds == DateTimeOffset.MaxValue ? DateTimeOffset.MaxValue : s.Value.LeaseEnds + by },
            StringComparer.Ordinal),
    };

    /// <summary>What a supervisor should have and does not name: what never ran is gone; what has run may have slipped its mind, so it is asked.</summary>
    private static TopologyStatus Compare(MasterTurn turn, TopologyStatus topology, MasterEvent.SupervisorJoined joined)
    {
        var absent = topology.Workers.Values.Where(w => w.Entry.Host == joined.Supervisor && w.Phase != WorkerPhase.Gone && !joined.Workers.Contains(w.KeyIn(topology.Id))).ToArray();
        foreach (var worker in absent.Where(w => w.Phase == WorkerPhase.Connected)) turn.Do(new MasterAction.AdoptWorker(joined.Supervisor, worker.KeyIn(topology.Id), worker.Entry.Process));
        var never = absent.Where(w => w.Phase is WorkerPhase.Unknown or WorkerPhase.Starting && w.Entry.Process is null).ToArray();
        return never.Length == 0 ? topology : Losses.Gone(turn, topology, never, $"host {joined.Supervisor} came back without {never.Length} workers that were being started");
    }

    /// <summary>Has those killed that are nobody's, or another's whom this one was before it was forgotten: an order to start one can arrive after it was given up. One that hangs would never announce itself.</summary>
    private static void KillUnknown(MasterTurn turn, string host, ImmutableArray<WorkerKey> workers)
    {
        foreach (var key in workers.Where(key => !IsKept(turn, host, key))) turn.Do(new MasterAction.KillWorker(host, key, null));
    }

    private static bool IsKept(MasterTurn turn, string host, WorkerKey key) =>
        turn.State.Topologies.TryGetValue(key.Topology, out var topology)
        && topology.Workers.TryGetValue(key.Worker, out var worker)
        && worker.Entry.Incarnation == key.Incarnation
        && worker.Entry.Host == host
        && worker.Phase != WorkerPhase.Gone;

    private static void Put(MasterTurn turn, SupervisorStatus supervisor) =>
        turn.State = turn.State with { Supervisors = turn.State.Supervisors.SetItem(supervisor.Id, supervisor) };
}
