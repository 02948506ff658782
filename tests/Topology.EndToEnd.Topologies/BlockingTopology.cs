namespace Topology.EndToEnd.Topologies;

/// <summary>A Build that never returns.</summary>
public sealed class BlockingTopology : ITopology
{
    /// <inheritdoc/>
    public void Build(TopologyBuilder topology)
    {
        using var never = new ManualResetEventSlim();
        never.Wait();
    }
}
