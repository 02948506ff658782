namespace Topology.Bench;

/// <summary>One spout, one bolt, one acker: what tracking costs on top. A tuple is done when its spout hears of it.</summary>
internal sealed class HopAckedScenario : IScenario
{
    /// <inheritdoc/>
    public string Name => "hop-acked";

    /// <inheritdoc/>
    public string Summary => "the same, tracked by one acker with 16,384 pending; at least 3 × a channel";

    /// <inheritdoc/>
    public string Unit => "tuples/s";

    /// <inheritdoc/>
    public string? BaselineName => ChannelRace.BaselineName;

    /// <inheritdoc/>
    public Goal Goal => Goal.RatioAtLeast(3);

    /// <summary>The topology, for other scenarios that look at the same run.</summary>
    public static IContender Contender => new TopologyContender(counters => new HopTopology(counters, tracked: true), counters => counters.Acked.Count);

    /// <inheritdoc/>
    public Task<RoundResult> MeasureAsync(TimeSpan window) => ChannelRace.MeasureAsync(Contender, window);
}
