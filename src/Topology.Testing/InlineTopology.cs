namespace Topology.Testing;

/// <summary>A topology written where it is used: <c>new InlineTopology(topology => topology.SetSpout(…))</c>.</summary>
public sealed class InlineTopology : ITopology
{
    private readonly Action<TopologyBuilder> _build;

    /// <param name="build">Adds the spouts and bolts and wires them.</param>
    public InlineTopology(Action<TopologyBuilder> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        _build = build;
    }

    /// <inheritdoc/>
    public void Build(TopologyBuilder topology) => _build(topology);
}
