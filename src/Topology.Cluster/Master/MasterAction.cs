using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>
/// What a master wants done, after the changes of the same step are durable. Actions have effects at most: none is confirmed, and each may be lost with the daemon. What has had no effect is ordered again.
/// </summary>
internal abstract record MasterAction
{
    /// <summary>Answers a command.</summary>
    public sealed record Answer(long Request, CommandOutcome Outcome) : MasterAction;

    /// <summary>Has a supervisor start a worker's process; no effect on one that runs.</summary>
    public sealed record StartWorker(string Host, WorkerKey Worker) : MasterAction;

    /// <summary>Has a supervisor watch a worker that it may not know, and say so if it is dead.</summary>
    /// <param name="Host">The supervisor.</param>
    /// <param name="Worker">The worker.</param>
    /// <param name="Process">Its process; null where none is known.</param>
    public sealed record AdoptWorker(string Host, WorkerKey Worker, WorkerProcess? Process) : MasterAction;

    /// <summary>Has a supervisor kill a worker at once and say when it is dead.</summary>
    /// <param name="Host">The supervisor.</param>
    /// <param name="Worker">The worker.</param>
    /// <param name="Process">Its process; null where none is known.</param>
    public sealed record KillWorker(string Host, WorkerKey Worker, WorkerProcess? Process) : MasterAction;

    /// <summary>Tells a worker to end: it is done, or nobody knows it.</summary>
    public sealed record EndWorker(WorkerKey Worker, WorkerProcess Process) : MasterAction;

    /// <summary>Tells a living worker at once that a generation is over: its spouts fail every pending tree, its ackers clear, and frames of older generations are dropped.</summary>
    public sealed record FailPendingTrees(WorkerKey Worker, long Generation, FailKind Cause) : MasterAction;

    /// <summary>
    /// Tells a worker what to run, and with whom. It connects to the others, prepares what is not prepared, makes fresh instances of what has finished, keeps its spouts at rest, and says that it is ready.
    /// </summary>
    /// <param name="Worker">The worker.</param>
    /// <param name="Assignment">What runs where, and the generation.</param>
    /// <param name="Endpoints">Where each worker is, by number.</param>
    public sealed record DeployWorker(WorkerKey Worker, Assignment Assignment, ImmutableSortedDictionary<int, string> Endpoints) : MasterAction;

    /// <summary>Tells a worker whether its spouts are asked for tuples.</summary>
    public sealed record SetSpouts(WorkerKey Worker, long Generation, bool Active) : MasterAction;

    /// <summary>Tells a worker to end its spouts and work off what is there; it reports them as ended.</summary>
    public sealed record DrainSpouts(WorkerKey Worker, long Generation) : MasterAction;

    /// <summary>Tells a worker that no spout of any worker emits any more: end of stream goes through, bolts finish and are cleaned up.</summary>
    public sealed record FinishWorker(WorkerKey Worker, long Generation) : MasterAction;

    /// <summary>Grants a supervisor its lease, counted from when it asked.</summary>
    public sealed record GrantLease(string Supervisor, DateTimeOffset AskedAt) : MasterAction;

    /// <summary>Has a supervisor join, which takes itself for one that has: <see cref="SupervisorEvent.MasterConnected"/>.</summary>
    public sealed record AskToJoin(string Supervisor) : MasterAction;
}
