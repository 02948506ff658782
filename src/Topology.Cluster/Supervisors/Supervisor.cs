using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>
/// Keeps the worker processes of one host as the master orders: a function from a state and an event to the next state and what to do. It decides nothing about topologies; its own rules are that one worker never has two processes,
/// that a worker counts as dead only when its process was seen dead, and that all are killed before its lease ends.
/// </summary>
internal sealed class Supervisor(LeaseTimes times)
{
    /// <summary>More than a master can have under way at once on one host.</summary>
    private const int MostEnded = 1_024;

    /// <summary>What a supervisor knows when it begins.</summary>
    /// <param name="workers">The workers that its records say it had started, and that are alive.</param>
    /// <param name="isLocal">Whether it lives in the master's process.</param>
    /// <param name="now">The time.</param>
    public static SupervisorState Begin(IEnumerable<(WorkerKey Key, WorkerProcess Process)> workers, bool isLocal, DateTimeOffset now) => new()
    {
        Workers = workers.ToImmutableSortedDictionary(w => w.Key, w => new SupervisedWorker(w.Key, SupervisedPhase.Running, w.Process)),
        // What it was granted before is not known: until it is granted anew, its workers live on what is left of their own grace.
        IsLocal = isLocal,
        AskedAt = now,
    };

    /// <summary>
    /// The workers that are to be told that they are supervised, as they are every second: those that it knows, while it has its lease. A process that a supervisor started just before it died, and that hangs, is known to
    /// nobody and ends by its own grace.
    /// </summary>
    public IEnumerable<WorkerKey> Supervised(SupervisorState state, DateTimeOffset now) => Supervises(state, now) ? state.Workers.Keys : [];

    /// <summary>Handles an event.</summary>
    public SupervisorStep Handle(SupervisorState state, SupervisorEvent @event, DateTimeOffset now)
    {
        var actions = ImmutableArray.CreateBuilder<SupervisorAction>();
        state = @event switch
        {
            SupervisorEvent.StartOrdered e => Start(state, e.Worker, actions),
            SupervisorEvent.AdoptOrdered e => Adopt(state, e.Worker, e.Process, actions),
            SupervisorEvent.KillOrdered e => Kill(state, e.Worker, e.Process, actions),
            SupervisorEvent.ProcessStarted e => Started(state, e.Worker, e.Process, actions),
            SupervisorEvent.StartFailed e => End(state, e.Worker, null, e.Error, actions),
            SupervisorEvent.ProcessExited e => End(state, e.Worker, e.Process, e.Detail, actions),
            SupervisorEvent.MasterConnected => Join(state, now, actions),
            SupervisorEvent.LeaseGranted e => Grant(state, e.AskedAt),
            SupervisorEvent.Tick => state,
            _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "No such event."),
        };
        return new SupervisorStep(Look(state, now, actions), actions.ToImmutable());
    }

    private static SupervisorState Start(SupervisorState state, WorkerKey key, ImmutableArray<SupervisorAction>.Builder actions)
    {
        if (state.Workers.ContainsKey(key)) return state;
        if (state.IsCutOff || state.Ended.Contains(key))
        {
            // Remembered, so that the same order does not start it when it comes again: the master has been told.
            actions.Add(new SupervisorAction.ReportExit(key, null, "it ended before"));
            return state.Ended.Contains(key) ? state : Remember(state, key);
        }

        actions.Add(new SupervisorAction.StartProcess(key));
        return With(state, new SupervisedWorker(key, SupervisedPhase.Starting, null));
    }

    private static SupervisorState Adopt(SupervisorState state, WorkerKey key, WorkerProcess? process, ImmutableArray<SupervisorAction>.Builder actions)
    {
        if (state.Workers.TryGetValue(key, out var worker) && (process is null || worker.Process == process || worker.Process is null)) return state;
        if (process is null)
        {
            actions.Add(new SupervisorAction.ReportExit(key, null, "it is not known here"));
            return Remember(state, key);
        }

        actions.Add(new SupervisorAction.WatchProcess(key, process));
        return With(state, new SupervisedWorker(key, SupervisedPhase.Running, process));
    }

    private static SupervisorState Kill(SupervisorState state, WorkerKey key, WorkerProcess? process, ImmutableArray<SupervisorAction>.Builder actions)
    {
        var worker = state.Workers.GetValueOrDefault(key);
        if (process is not null && worker?.Process is { } own && own != process)
        {
            // A second process of the same life: it is nobody's.
            actions.Add(new SupervisorAction.KillProcess(key, process));
            return state;
        }

        if ((worker?.Process ?? process) is { } known)
        {
            actions.Add(new SupervisorAction.KillProcess(key, known));
            return With(state, new SupervisedWorker(key, SupervisedPhase.Killing, known));
        }

        if (worker is not null) return With(state, worker with { Phase = SupervisedPhase.Killing });
        actions.Add(new SupervisorAction.ReportExit(key, null, "it is not known here"));
        return Remember(state, key);
    }

    private static SupervisorState Started(SupervisorState state, WorkerKey key, WorkerProcess process, ImmutableArray<SupervisorAction>.Builder actions)
    {
        if (!state.Workers.TryGetValue(key, out var worker) || (worker.Process is { } own && own != process) || worker.Phase == SupervisedPhase.Killing || state.IsCutOff)
        {
            actions.Add(new SupervisorAction.KillProcess(key, process));
            return worker is null || worker.Process is null ? With(state, new SupervisedWorker(key, SupervisedPhase.Killing, process)) : state;
        }

        return With(state, worker with { Process = process, Phase = SupervisedPhase.Running });
    }

    private static SupervisorState End(SupervisorState state, WorkerKey key, WorkerProcess? process, string detail, ImmutableArray<SupervisorAction>.Builder actions)
    {
        actions.Add(new SupervisorAction.ReportExit(key, process, detail));
        return state.Workers.TryGetValue(key, out var worker) && (worker.Process is null || worker.Process == process)
            ? Remember(state with { Workers = state.Workers.Remove(key) }, key)
            : state;
    }

    private static SupervisorState Join(SupervisorState state, DateTimeOffset now, ImmutableArray<SupervisorAction>.Builder actions)
    {
        // One that was cut off joins when all it had is dead: by then the master may have given that to others.
        if (state.IsCutOff && !state.Workers.IsEmpty) return state;
        actions.Add(new SupervisorAction.JoinMaster([.. state.Workers.Keys], now));
        return state with { AskedAt = now };
    }

    private SupervisorState Grant(SupervisorState state, DateTimeOffset askedAt)
    {
        // Counted from the asking: the master counts from when it heard of that, which was later.
        var ends = askedAt + times.Lease;
        if (ends <= state.LeaseEnds) return state;
        return state with { LeaseEnds = ends, IsCutOff = state.IsCutOff && !state.Workers.IsEmpty };
    }

    private bool Supervises(SupervisorState state, DateTimeOffset now) => state.IsLocal || now < state.LeaseEnds - times.KillBefore;

    private SupervisorState Look(SupervisorState state, DateTimeOffset now, ImmutableArray<SupervisorAction>.Builder actions)
    {
        if (now - state.AskedAt >= times.AskEvery)
        {
            if (state.IsCutOff || (state.LeaseEnds is null && !state.IsLocal)) state = Join(state, now, actions);
            else actions.Add(new SupervisorAction.AskLease([.. state.Workers.Keys], now));
            state = state with { AskedAt = now };
        }

        if (state.IsLocal || state.LeaseEnds is null || Supervises(state, now)) return state;
        foreach (var worker in state.Workers.Values)
        {
            // Again at each look, until they are dead.
            if (worker.Process is { } process) actions.Add(new SupervisorAction.KillProcess(worker.Key, process));
            state = With(state, worker with { Phase = SupervisedPhase.Killing });
        }

        return state with { IsCutOff = true };
    }

    private static SupervisorState With(SupervisorState state, SupervisedWorker worker) => state with { Workers = state.Workers.SetItem(worker.Key, worker) };

    private static SupervisorState Remember(SupervisorState state, WorkerKey key) =>
        state with { Ended = [.. state.Ended.Skip(Math.Max(0, state.Ended.Length + 1 - MostEnded)), key] };
}
