namespace Topology.Bench;

/// <summary>One spout that emits by the board's schedule, one bolt, tracked. With two workers, spout and acker are in the one and the bolt in the other.</summary>
public sealed class PacedWorkers : WorkersTopology
{
    private protected override void Build(TopologyBuilder topology, Board board) => new PacedTopology(board.Counters, board.Loop, board.Latencies).Build(topology);
}
