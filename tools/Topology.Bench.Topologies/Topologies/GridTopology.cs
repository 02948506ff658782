namespace Topology.Bench;

/// <summary>As many spouts as bolts, every spout to every bolt by fields grouping; tracked, all options at their defaults.</summary>
internal sealed class GridTopology(RunCounters counters, int width) : ITopology
{
    /// <inheritdoc/>
    public void Build(TopologyBuilder topology)
    {
        topology.SetSpout("numbers", () => new TrackedNumberSpout(counters), parallelism: width);
        topology.SetBolt("sink", () => new SinkBolt(counters), parallelism: width).FieldsGrouping("numbers", "number");
    }
}
