namespace Topology.Bench;

/// <summary>One spout, one bolt, tracked. With two workers, spout and acker are in the one and the bolt in the other.</summary>
public sealed class AckedHopWorkers : WorkersTopology
{
    private protected override void Build(TopologyBuilder topology, Board board) => new HopTopology(board.Counters, tracked: true).Build(topology);
}
