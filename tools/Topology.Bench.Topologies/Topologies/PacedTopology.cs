namespace Topology.Bench;

/// <summary>One paced spout, one bolt; tracked, all options at their defaults.</summary>
internal sealed class PacedTopology(RunCounters counters, OpenLoop loop, LatencyHistogram latencies) : ITopology
{
    /// <inheritdoc/>
    public void Build(TopologyBuilder topology)
    {
        topology.SetSpout("paced", () => new PacedSpout(counters, loop, latencies));
        topology.SetBolt("sink", () => new SinkBolt(counters)).ShuffleGrouping("paced");
    }
}
