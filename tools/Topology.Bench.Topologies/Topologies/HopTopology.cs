namespace Topology.Bench;

/// <summary>One spout, one bolt.</summary>
internal sealed class HopTopology(RunCounters counters, bool tracked) : ITopology
{
    /// <inheritdoc/>
    public void Build(TopologyBuilder topology)
    {
        topology.Options = topology.Options with { Ackers = 1, MaxSpoutPending = 16_384 };
        if (tracked) topology.SetSpout("numbers", () => new TrackedNumberSpout(counters));
        else topology.SetSpout("numbers", () => new NumberSpout(counters));
        topology.SetBolt("sink", () => new SinkBolt(counters)).ShuffleGrouping("numbers");
    }
}
