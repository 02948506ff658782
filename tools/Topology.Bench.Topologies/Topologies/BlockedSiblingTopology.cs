namespace Topology.Bench;

/// <summary>A spout and four tasks of one bolt by shuffle grouping, of which one blocks.</summary>
internal sealed class BlockedSiblingTopology(RunCounters counters, bool blocks) : ITopology
{
    /// <inheritdoc/>
    public void Build(TopologyBuilder topology)
    {
        var blocker = new Blocker(counters, blocks);
        topology.SetSpout("numbers", () => new NumberSpout(counters));
        topology.SetBolt("sink", () => new BlockedBolt(counters, blocker, 0), parallelism: 4).ShuffleGrouping("numbers");
    }
}
