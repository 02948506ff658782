using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>What a worker tells the daemon. Each may be lost or come twice; what matters is said again.</summary>
/// <param name="Worker">Who says it.</param>
internal abstract record WorkerMessage(WorkerKey Worker)
{
    /// <summary>It runs and asks what to do.</summary>
    /// <param name="Worker">Who says it.</param>
    /// <param name="Host">The supervisor of its host.</param>
    /// <param name="Process">Its process.</param>
    /// <param name="Endpoint">Where other workers reach it, see <see cref="WorkerEndpoint"/>.</param>
    /// <param name="ReadyGeneration">The generation for which it is ready; 0 for none.</param>
    public sealed record Announce(WorkerKey Worker, string Host, WorkerProcess Process, string Endpoint, long ReadyGeneration) : WorkerMessage(Worker);

    /// <summary>It has links to all others and every task prepared, in a generation.</summary>
    public sealed record Ready(WorkerKey Worker, long Generation) : WorkerMessage(Worker);

    /// <summary>Its report.</summary>
    public sealed record Reported(WorkerKey Worker, WorkerReport Report) : WorkerMessage(Worker);

    /// <summary>A link from another worker to it, or from it to that one, broke for good.</summary>
    public sealed record LostLink(WorkerKey Worker, long Generation, int Peer, string Reason) : WorkerMessage(Worker);

    /// <summary>It cannot go on and is about to end, and why.</summary>
    public sealed record Failing(WorkerKey Worker, string Reason) : WorkerMessage(Worker);

    /// <summary>It is failing because it built another topology than the one that was submitted.</summary>
    /// <param name="Worker">Who says it.</param>
    /// <param name="Plan">The lines of its plan, see <see cref="PlanText"/>.</param>
    public sealed record BuiltOther(WorkerKey Worker, ImmutableArray<string> Plan) : WorkerMessage(Worker);

    /// <summary>User code threw or reported an error.</summary>
    public sealed record Error(WorkerKey Worker, string Component, int Task, string Message, string Detail, DateTimeOffset At) : WorkerMessage(Worker);

    /// <summary>A position is to be kept; answered by <see cref="DaemonMessage.PositionCommitted"/>.</summary>
    public sealed record CommitPosition(WorkerKey Worker, long Request, long Generation, string Component, int Task, long Sequence, ReadOnlyMemory<byte> Payload) : WorkerMessage(Worker);

    /// <summary>A position is asked for; answered by <see cref="DaemonMessage.PositionRead"/>.</summary>
    public sealed record ReadPosition(WorkerKey Worker, long Request, string Component, int Task) : WorkerMessage(Worker);
}
