namespace Topology.Bench;

/// <summary>
/// What others lose where one bolt task of another process stays within a tuple all the time: pairs of spout and bolt by direct grouping over one link, and siblings by shuffle grouping, where what waits for the stuck one times out.
/// The value is the rate of the others in the case that kept less, the baseline their rate in the same topology while none is stuck.
/// </summary>
internal sealed class SlowTaskScenario : IScenario
{
    private const double Megabyte = 1024 * 1024;

    /// <inheritdoc/>
    public string Name => "slow-task";

    /// <inheritdoc/>
    public string Summary => "a bolt task of another process is stuck, among pairs over one link and among siblings; the others keep ≥ 0.9 of their rate (2 s more per slice)";

    /// <inheritdoc/>
    public string Unit => "tuples/s";

    /// <inheritdoc/>
    public string? BaselineName => "unblocked";

    /// <inheritdoc/>
    public Goal Goal => Goal.RatioAtLeast(0.9);

    /// <inheritdoc/>
    public async Task<RoundResult> MeasureAsync(TimeSpan window)
    {
        await using var cluster = await BenchCluster.StartAsync().ConfigureAwait(false);
        var pairs = await MeasureAsync<PairedWorkers>(cluster, window, counters => counters.Check()).ConfigureAwait(false);
        var timedOut = 0L;
        var siblings = await MeasureAsync<SharedSinkWorkers>(cluster, window, counters =>
        {
            timedOut = counters.Failed.Count;
            if (timedOut == 0) throw new BenchException("no tree timed out while a task was stuck");
        }).ConfigureAwait(false);
        return (pairs.Ratio < siblings.Ratio ? pairs : siblings)
            .With("pairsRatio", pairs.Ratio!.Value)
            .With("pairsMemoryMb", pairs.Figures["memoryMb"])
            .With("pairsGrowthMb", pairs.Figures["growthMb"])
            .With("siblingsRatio", siblings.Ratio!.Value)
            .With("siblingsMemoryMb", siblings.Figures["memoryMb"])
            .With("siblingsGrowthMb", siblings.Figures["growthMb"])
            .With("siblingsTimedOut", timedOut);
    }

    private static async Task<RoundResult> MeasureAsync<T>(BenchCluster cluster, TimeSpan window, Action<RunCounters> check)
        where T : WorkersTopology
    {
        await using var run = await cluster.SubmitAsync<T>(2).ConfigureAwait(false);
        var stuck = new StuckContender(run, isStuck: true, check);
        var readings = await Turns.TakeAsync(window, stuck, new StuckContender(run, isStuck: false, check)).ConfigureAwait(false);
        return RoundResult.Of(readings[0].Rate, readings[1].Rate).With("memoryMb", stuck.Memory / Megabyte).With("growthMb", stuck.Growth / Megabyte);
    }
}
