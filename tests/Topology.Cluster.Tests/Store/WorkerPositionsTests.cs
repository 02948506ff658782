using Topology.Engine;
using Topology.Engine.Tests;

namespace Topology.Cluster.Tests;

/// <summary>The cluster's store keeps what the engine expects of a store of positions.</summary>
public sealed class WorkerPositionsTests : PositionStoreContract
{
    [Test]
    public async Task A_worker_that_is_to_be_deployed_anew_may_try_again_and_one_whose_time_is_over_may_not()
    {
        using var store = new MemoryClusterStore("test");
        store.Write(Samples.Assigned());
        store.Write(writer => writer.RaiseGeneration(Samples.Id));

        Assert.That(async () => await WorkerPositions.CommitAsync(store, Samples.Commit(1, 5)), Throws.InstanceOf<StoreException>().With.Message.Contains("generation 0"));
        Assert.That(await WorkerPositions.CommitAsync(store, Samples.Commit(1, 5, generation: 1)), Is.EqualTo(PositionOutcome.Written));
        Assert.That(await WorkerPositions.CommitAsync(store, Samples.Commit(1, 6, topology: "none")), Is.EqualTo(PositionOutcome.OldIncarnation));
        Assert.That(await WorkerPositions.CommitAsync(store, Samples.Commit(1, 6, incarnation: 2, generation: 1)), Is.EqualTo(PositionOutcome.OldIncarnation));
        store.Write(writer => writer.UpdateTopology(writer.Topology(Samples.Id)! with { State = TopologyState.Killed }));
        Assert.That(await WorkerPositions.CommitAsync(store, Samples.Commit(1, 6, generation: 1)), Is.EqualTo(PositionOutcome.OldIncarnation));
        Assert.That(WorkerPositions.Read(store, Samples.Id, "lines", 1)!.Value.Position.Number, Is.EqualTo(5));
    }

    protected override IPositionStore Create() => new AssigningPositions(new MemoryClusterStore("test"));
}
