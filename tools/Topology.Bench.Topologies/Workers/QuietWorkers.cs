namespace Topology.Bench;

/// <summary>A spout that has nothing, and a bolt.</summary>
public sealed class QuietWorkers : WorkersTopology
{
    private protected override void Build(TopologyBuilder topology, Board board) => new QuietTopology(board.Counters).Build(topology);
}
