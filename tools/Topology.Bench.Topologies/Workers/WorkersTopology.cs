namespace Topology.Bench;

/// <summary>A topology that runs in worker processes, which count on a board that the bench reads.</summary>
public abstract class WorkersTopology : ITopology
{
    /// <inheritdoc/>
    public void Build(TopologyBuilder topology)
    {
        ArgumentNullException.ThrowIfNull(topology);
        Build(topology, Board.Open(topology.Settings[Board.Setting]));
    }

    private protected abstract void Build(TopologyBuilder topology, Board board);
}
