namespace Topology.Cluster.Tests;

/// <summary>A topology of a few lines.</summary>
internal sealed class InlineTopology(Action<TopologyBuilder> build) : ITopology
{
    public void Build(TopologyBuilder topology) => build(topology);
}
