using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>What a supervisor wants done, in this order.</summary>
internal abstract record SupervisorAction
{
    /// <summary>Starts a worker's process, to be answered by <see cref="SupervisorEvent.ProcessStarted"/> or <see cref="SupervisorEvent.StartFailed"/>.</summary>
    public sealed record StartProcess(WorkerKey Worker) : SupervisorAction;

    /// <summary>Watches a process that this supervisor may not have started; if it is dead already, that is an exit.</summary>
    public sealed record WatchProcess(WorkerKey Worker, WorkerProcess Process) : SupervisorAction;

    /// <summary>Kills a process at once (SIGKILL) if it is the one that is meant, by its start; if it is dead already, that is an exit.</summary>
    public sealed record KillProcess(WorkerKey Worker, WorkerProcess Process) : SupervisorAction;

    /// <summary>Tells the master that a worker is dead; without a process, that none is known here.</summary>
    public sealed record ReportExit(WorkerKey Worker, WorkerProcess? Process, string Detail) : SupervisorAction;

    /// <summary>Tells the master who is there, and asks for the lease.</summary>
    public sealed record JoinMaster(ImmutableArray<WorkerKey> Workers, DateTimeOffset AskedAt) : SupervisorAction;

    /// <summary>Asks the master for the lease, and tells who is there.</summary>
    public sealed record AskLease(ImmutableArray<WorkerKey> Workers, DateTimeOffset AskedAt) : SupervisorAction;
}
