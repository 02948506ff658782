namespace Topology.Bench;

/// <summary>Spout, identity bolt, sink: trees of two tuples. A tree is done when its spout hears of it.</summary>
internal sealed class ChainScenario : IScenario
{
    /// <inheritdoc/>
    public string Name => "chain";

    /// <inheritdoc/>
    public string Summary => "spout, identity bolt, sink, tracked; at least 1.5 × one hop through a channel";

    /// <inheritdoc/>
    public string Unit => "trees/s";

    /// <inheritdoc/>
    public string? BaselineName => ChannelRace.BaselineName;

    /// <inheritdoc/>
    public Goal Goal => Goal.RatioAtLeast(1.5);

    /// <inheritdoc/>
    public Task<RoundResult> MeasureAsync(TimeSpan window) =>
        ChannelRace.MeasureAsync(new TopologyContender(counters => new ChainTopology(counters), counters => counters.Acked.Count), window);
}
