namespace Topology.Bench;

/// <summary>A spout, a bolt that emits what it receives, and a sink; tracked.</summary>
internal sealed class ChainTopology(RunCounters counters) : ITopology
{
    /// <inheritdoc/>
    public void Build(TopologyBuilder topology)
    {
        topology.SetSpout("numbers", () => new TrackedNumberSpout(counters));
        topology.SetBolt("identity", () => new IdentityBolt()).ShuffleGrouping("numbers");
        topology.SetBolt("sink", () => new SinkBolt(counters)).ShuffleGrouping("identity");
    }
}
