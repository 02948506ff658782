namespace Topology.Bench;

/// <summary>A spout that has nothing, and a bolt; tracked, all options at their defaults.</summary>
internal sealed class QuietTopology(RunCounters counters) : ITopology
{
    /// <inheritdoc/>
    public void Build(TopologyBuilder topology)
    {
        topology.SetSpout("quiet", () => new QuietSpout(counters));
        topology.SetBolt("sink", () => new SinkBolt(counters)).ShuffleGrouping("quiet");
    }
}
