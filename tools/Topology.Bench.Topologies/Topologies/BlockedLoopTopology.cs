namespace Topology.Bench;

/// <summary>
/// Four spouts, each with its own bolt, all on one loop. The fourth bolt blocks; it gets so little to do that the others do not gain by its absence.
/// </summary>
internal sealed class BlockedLoopTopology(RunCounters counters, bool blocks) : ITopology
{
    private const int Undisturbed = 3;

    /// <inheritdoc/>
    public void Build(TopologyBuilder topology)
    {
        var blocker = new Blocker(counters, blocks);
        topology.Options = topology.Options with { EventLoops = 1 };
        for (var i = 0; i < Undisturbed; i++)
        {
            topology.SetSpout($"numbers-{i}", () => new NumberSpout(counters));
            topology.SetBolt($"sink-{i}", () => new BlockedBolt(counters, blocker, -1)).ShuffleGrouping($"numbers-{i}");
        }

        topology.SetSpout("seldom", () => new SeldomSpout(counters, blocker));
        topology.SetBolt("blocked", () => new BlockedBolt(counters, blocker, 0)).ShuffleGrouping("seldom");
    }
}
