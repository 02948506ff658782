using Topology.Engine;

namespace Topology.Cluster;

/// <summary>The positions that workers keep in the cluster's store: what their daemon does when they ask, in the words of the engine.</summary>
internal static class WorkerPositions
{
    /// <summary>Reads where a spout task goes on.</summary>
    /// <returns>Null where it has never committed.</returns>
    /// <exception cref="StoreException">It cannot be read: to begin anew is not for the task to decide.</exception>
    public static StoredPosition? Read(IClusterStore store, string topology, string component, int task) =>
        store.Read(reader => reader.Position(topology, component, task)) is { } position
            ? new StoredPosition(position.Incarnation, new SpoutPosition(position.Sequence, position.Payload))
            : null;

    /// <summary>Keeps a position. It is durable when the task ends with <see cref="PositionOutcome.Written"/>.</summary>
    /// <returns>By the task: <see cref="PositionOutcome.OldIncarnation"/> also where the topology has ended or is not known, since no later commit of this worker will be taken either.</returns>
    /// <exception cref="StoreException">By the task: it was not kept for now. The worker is of another generation than its topology, so that it is about to be deployed anew and may try again; or the store cannot do it.</exception>
    /// <exception cref="ArgumentException">By the task: a value is out of its range.</exception>
    public static async Task<PositionOutcome> CommitAsync(IClusterStore store, PositionCommit commit) => await store.WriteAsync(writer => writer.CommitPosition(commit)).ConfigureAwait(false) switch
    {
        CommitOutcome.Committed => PositionOutcome.Written,
        CommitOutcome.Backwards => PositionOutcome.Backwards,
        CommitOutcome.WrongGeneration => throw new StoreException($"Position {commit.Sequence} of {commit.Component}[{commit.Task}] was not kept: generation {commit.Generation} of topology '{commit.Topology}' is not the present one."),
        CommitOutcome.Quarantined => throw PositionRules.Unreadable(commit.Topology, commit.Component, commit.Task),
        _ => PositionOutcome.OldIncarnation,
    };
}
