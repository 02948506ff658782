namespace Topology.Cluster.Tests;

/// <summary>A topology written in place.</summary>
internal sealed class BuiltTopology(Action<TopologyBuilder> build) : ITopology
{
    public void Build(TopologyBuilder topology) => build(topology);
}
