namespace Topology.Bench;

/// <summary>A spout that fills its max-spout-pending, and so many bolts that each hold every tuple; nothing ever times out.</summary>
internal sealed class PendingTopology(RunCounters counters, int pending, int holders) : ITopology
{
    /// <inheritdoc/>
    public void Build(TopologyBuilder topology)
    {
        topology.Options = topology.Options with { MaxSpoutPending = pending, MessageTimeout = Timeout.InfiniteTimeSpan };
        topology.SetSpout("numbers", () => new TrackedNumberSpout(counters, holders));
        for (var i = 0; i < holders; i++) topology.SetBolt($"hold-{i}", () => new HoldBolt(counters)).ShuffleGrouping("numbers");
    }
}
