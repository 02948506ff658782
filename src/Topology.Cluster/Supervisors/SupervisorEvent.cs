namespace Topology.Cluster;

/// <summary>What a supervisor is told, by its master and by the system.</summary>
internal abstract record SupervisorEvent
{
    /// <summary>The master wants a worker started.</summary>
    public sealed record StartOrdered(WorkerKey Worker) : SupervisorEvent;

    /// <summary>The master wants a worker watched that runs already, or to be told that it does not.</summary>
    public sealed record AdoptOrdered(WorkerKey Worker, WorkerProcess? Process) : SupervisorEvent;

    /// <summary>The master wants a worker killed, and to be told when it is dead.</summary>
    public sealed record KillOrdered(WorkerKey Worker, WorkerProcess? Process) : SupervisorEvent;

    /// <summary>The system has started a worker's process.</summary>
    public sealed record ProcessStarted(WorkerKey Worker, WorkerProcess Process) : SupervisorEvent;

    /// <summary>The system could not start a worker's process.</summary>
    public sealed record StartFailed(WorkerKey Worker, string Error) : SupervisorEvent;

    /// <summary>A process that was watched or killed is dead; also said of one that was dead when it was looked for.</summary>
    public sealed record ProcessExited(WorkerKey Worker, WorkerProcess Process, string Detail) : SupervisorEvent;

    /// <summary>The master is connected, for the first time or again.</summary>
    public sealed record MasterConnected : SupervisorEvent;

    /// <summary>The master granted the lease that was asked for at a time of the supervisor's own clock.</summary>
    public sealed record LeaseGranted(DateTimeOffset AskedAt) : SupervisorEvent;

    /// <summary>Time has passed.</summary>
    public sealed record Tick : SupervisorEvent;
}
