namespace Topology.Bench;

/// <summary>One spout, one bolt, nothing tracked: what moving a tuple costs.</summary>
internal sealed class HopScenario : IScenario
{
    /// <inheritdoc/>
    public string Name => "hop";

    /// <inheritdoc/>
    public string Summary => "one spout, one bolt, untracked; at least 4 × a channel";

    /// <inheritdoc/>
    public string Unit => "tuples/s";

    /// <inheritdoc/>
    public string? BaselineName => ChannelRace.BaselineName;

    /// <inheritdoc/>
    public Goal Goal => Goal.RatioAtLeast(4);

    /// <summary>The topology, for other scenarios that look at the same run.</summary>
    public static IContender Contender => new TopologyContender(counters => new HopTopology(counters, tracked: false), counters => counters.Received.Count);

    /// <inheritdoc/>
    public Task<RoundResult> MeasureAsync(TimeSpan window) => ChannelRace.MeasureAsync(Contender, window);
}
