namespace Topology.Bench;

/// <summary>
/// What others lose where one executor blocks for a second, again and again: executors of the same loop, and siblings by shuffle grouping. The value is
/// the rate of the others in the case that kept less, the baseline their rate in the same topology without the blocking.
/// </summary>
internal sealed class BlockedScenario : IScenario
{
    /// <inheritdoc/>
    public string Name => "blocked";

    /// <inheritdoc/>
    public string Summary => "one executor of four blocks for a second at a time, on one loop and among siblings; the others keep ≥ 0.9 of their rate";

    /// <inheritdoc/>
    public string Unit => "tuples/s";

    /// <inheritdoc/>
    public string? BaselineName => "unblocked";

    /// <inheritdoc/>
    public Goal Goal => Goal.RatioAtLeast(0.9);

    /// <inheritdoc/>
    public async Task<RoundResult> MeasureAsync(TimeSpan window)
    {
        // Whole periods in each slice: part of one would be all block or all pause.
        var periods = Math.Ceiling(window / Turns.SliceCount / Blocker.Period);
        var readings = await Turns.TakeAsync(
            Turns.SliceCount * periods * Blocker.Period,
            Contender(counters => new BlockedLoopTopology(counters, blocks: true)),
            Contender(counters => new BlockedLoopTopology(counters, blocks: false)),
            Contender(counters => new BlockedSiblingTopology(counters, blocks: true)),
            Contender(counters => new BlockedSiblingTopology(counters, blocks: false))).ConfigureAwait(false);
        var loop = RoundResult.Of(readings[0].Rate, readings[1].Rate);
        var siblings = RoundResult.Of(readings[2].Rate, readings[3].Rate);
        return (loop.Ratio < siblings.Ratio ? loop : siblings)
            .With("sameLoopRatio", loop.Ratio!.Value)
            .With("siblingsRatio", siblings.Ratio!.Value);
    }

    private static TopologyContender Contender(Func<RunCounters, ITopology> build) => new(
        build,
        counters => counters.Undisturbed.Count,
        counters =>
        {
            if (counters.Blocks.Count == 0) throw new BenchException("nothing ever blocked");
        });
}
