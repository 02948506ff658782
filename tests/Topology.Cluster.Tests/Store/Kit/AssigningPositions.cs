using Topology.Engine;

namespace Topology.Cluster.Tests;

/// <summary>The cluster's store to the engine, with a master in between that has begun every incarnation that writes.</summary>
internal sealed class AssigningPositions(IClusterStore store) : IPositionStore
{
    private readonly List<(string Component, int Index)> _tasks = [];

    public StoredPosition? Read(PositionKey key) => WorkerPositions.Read(store, key.Topology, key.Component, TaskOf(key));

    public Task<PositionOutcome> CommitAsync(PositionKey key, long incarnation, SpoutPosition position)
    {
        store.Write(writer => Begin(writer, key, incarnation));
        return WorkerPositions.CommitAsync(store, new PositionCommit(key.Topology, 0, incarnation, key.Component, TaskOf(key), position.Number, position.Payload));
    }

    private void Begin(IStoreWriter writer, PositionKey key, long incarnation)
    {
        if (writer.Topology(key.Topology) is null) writer.AddTopology(Samples.Topology(key.Topology));
        var (topology, task) = (writer.Topology(key.Topology)!, TaskOf(key));
        if (topology.LastIncarnation < incarnation) writer.UpdateTopology(topology with { LastIncarnation = incarnation });
        if (writer.Assignments(key.Topology).All(assignment => assignment.Worker != task || assignment.Incarnation < incarnation)) writer.PutAssignment(Samples.Assignment(key.Topology, task, incarnation, (task, task)));
    }

    private int TaskOf(PositionKey key)
    {
        if (!_tasks.Contains((key.Component, key.TaskIndex))) _tasks.Add((key.Component, key.TaskIndex));
        return _tasks.IndexOf((key.Component, key.TaskIndex)) + 1;
    }
}
