namespace Topology.Bench;

/// <summary>
/// Four spout tasks, each by direct grouping to its own bolt task, of which the first may get stuck; nothing ever times out. With two workers each has two of either, and every tuple goes to the other, over one link.
/// </summary>
public sealed class PairedWorkers : WorkersTopology
{
    private const int Pairs = 4;

    private protected override void Build(TopologyBuilder topology, Board board)
    {
        topology.Options = topology.Options with { MessageTimeout = Timeout.InfiniteTimeSpan };
        topology.SetSpout("numbers", () => new PairedSpout(board.Counters, "sink", stuckIndex: 0), parallelism: Pairs);
        topology.SetBolt("sink", () => new StuckBolt(board, stuckIndex: 0), parallelism: Pairs).DirectGrouping("numbers", PairedSpout.Rows);
    }
}
