namespace Topology.Engine.Tests;

/// <summary>A tuple that was emitted: the trees it is in, and how many tasks get it.</summary>
internal sealed class ModelTuple(long id, ModelTree[] trees, int depth)
{
    public long Id { get; } = id;

    public ModelTree[] Trees { get; } = trees;

    /// <summary>How many hops it is from its spout.</summary>
    public int Depth { get; } = depth;

    public int Copies { get; set; }

    public int Arrived { get; set; }
}
