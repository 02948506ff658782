using System.Collections.Immutable;
using Topology.Engine;

namespace Topology.Cluster;

/// <summary>What the daemon tells a worker. Each may be lost or come twice; what has had no effect is said again.</summary>
internal abstract record DaemonMessage
{
    /// <summary>Its supervisor lives and knows it. Said every second.</summary>
    /// <param name="Daemon">Which life of the daemon says it: a worker announces itself to each anew.</param>
    public sealed record Pulse(long Daemon) : DaemonMessage;

    /// <summary>What to run and with whom, see <see cref="MasterAction.DeployWorker"/>.</summary>
    public sealed record Deploy(Assignment Assignment, ImmutableSortedDictionary<int, string> Endpoints, TopologyCode Code) : DaemonMessage;

    /// <inheritdoc cref="MasterAction.FailPendingTrees"/>
    public sealed record FailPending(long Generation, FailKind Cause) : DaemonMessage;

    /// <inheritdoc cref="MasterAction.SetSpouts"/>
    public sealed record SetSpouts(long Generation, bool IsActive) : DaemonMessage;

    /// <inheritdoc cref="MasterAction.DrainSpouts"/>
    public sealed record DrainSpouts(long Generation) : DaemonMessage;

    /// <inheritdoc cref="MasterAction.FinishWorker"/>
    public sealed record Finish(long Generation) : DaemonMessage;

    /// <summary>The worker has to end: it is done, or nobody knows it.</summary>
    public sealed record End : DaemonMessage;

    /// <summary>What became of a position.</summary>
    public sealed record PositionCommitted(long Request, PositionOutcome Outcome) : DaemonMessage;

    /// <summary>A position that was asked for.</summary>
    /// <param name="Request">What was asked.</param>
    /// <param name="Incarnation">Who committed it; 0 where there is none.</param>
    /// <param name="Sequence">Its place in the order of the task's positions.</param>
    /// <param name="Payload">What the spout wrote with it.</param>
    public sealed record PositionRead(long Request, long Incarnation, long Sequence, ReadOnlyMemory<byte> Payload) : DaemonMessage;

    /// <summary>A request could not be carried out for now: the store is full or broken.</summary>
    public sealed record RequestFailed(long Request, string Problem) : DaemonMessage;
}
