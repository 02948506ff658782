namespace Topology.Bench;

/// <summary>A spout and four tasks of one bolt by shuffle grouping, of which the first may get stuck; a tree that takes a second has failed.</summary>
public sealed class SharedSinkWorkers : WorkersTopology
{
    private protected override void Build(TopologyBuilder topology, Board board)
    {
        topology.Options = topology.Options with { MessageTimeout = TimeSpan.FromSeconds(1) };
        topology.SetSpout("numbers", () => new TrackedNumberSpout(board.Counters));
        topology.SetBolt("sink", () => new StuckBolt(board, stuckIndex: 0), parallelism: 4).ShuffleGrouping("numbers");
    }
}
