using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>What a master is told. Each is handled whole before the next. All but commands may come late, twice or never: what matters is said again, or the clock stands in for it.</summary>
internal abstract record MasterEvent
{
    /// <summary>Someone asks for something.</summary>
    public sealed record CommandReceived(long Request, TopologyCommand Command) : MasterEvent;

    /// <summary>A worker process runs and asks what to do. It runs no user code before it is deployed. Said again whenever it connects.</summary>
    /// <param name="Worker">Who it is, by what it was started with.</param>
    /// <param name="Host">The supervisor of its host.</param>
    /// <param name="Process">Its process.</param>
    /// <param name="Endpoint">Where other workers reach it.</param>
    /// <param name="ReadyGeneration">The generation for which it is ready; 0 for none.</param>
    public sealed record WorkerAnnounced(WorkerKey Worker, string Host, WorkerProcess Process, string Endpoint, long ReadyGeneration) : MasterEvent;

    /// <summary>A worker has links to all others and every task prepared, in a generation.</summary>
    public sealed record WorkerReady(WorkerKey Worker, long Generation) : MasterEvent;

    /// <summary>A worker's report.</summary>
    public sealed record WorkerReported(WorkerKey Worker, WorkerReport Report) : MasterEvent;

    /// <summary>A supervisor has seen a worker dead, or has never had it.</summary>
    /// <param name="Worker">The worker.</param>
    /// <param name="Process">The process that is dead; null where the supervisor knows of none.</param>
    /// <param name="Detail">For people: the exit code or signal, or why it could not be started.</param>
    public sealed record WorkerExited(WorkerKey Worker, WorkerProcess? Process, string Detail) : MasterEvent;

    /// <summary>A link has a gap that sending again cannot close.</summary>
    public sealed record LinkLost(string Topology, long Generation, int From, int To) : MasterEvent;

    /// <summary>A supervisor has connected, and asks for its lease.</summary>
    /// <param name="Supervisor">Its id.</param>
    /// <param name="Slots">How many workers it can keep.</param>
    /// <param name="IsLocal">Whether it lives in the master's own process, so that neither can lose the other and it has no lease.</param>
    /// <param name="Workers">The workers that it has.</param>
    /// <param name="AskedAt">Its own time; handed back with its lease.</param>
    public sealed record SupervisorJoined(string Supervisor, int Slots, bool IsLocal, ImmutableArray<WorkerKey> Workers, DateTimeOffset AskedAt) : MasterEvent;

    /// <summary>A supervisor asks for its lease.</summary>
    /// <param name="Supervisor">Its id.</param>
    /// <param name="Workers">The workers that it has.</param>
    /// <param name="AskedAt">Its own time; handed back with the lease.</param>
    public sealed record LeaseAsked(string Supervisor, ImmutableArray<WorkerKey> Workers, DateTimeOffset AskedAt) : MasterEvent;

    /// <summary>Time has passed.</summary>
    public sealed record Tick : MasterEvent;
}
