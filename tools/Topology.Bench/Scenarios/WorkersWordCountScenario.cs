namespace Topology.Bench;

/// <summary>Word count with a process for each stage, tracked, against the same by hand, untracked.</summary>
internal sealed class WorkersWordCountScenario : IScenario
{
    /// <inheritdoc/>
    public string Name => "workers-wordcount";

    /// <inheritdoc/>
    public string Summary => "sentences, split, count by fields grouping, a process each, tracked; at least 0.5 × a loop by hand in three processes untracked";

    /// <inheritdoc/>
    public string Unit => "words/s";

    /// <inheritdoc/>
    public string? BaselineName => "loop";

    /// <inheritdoc/>
    public Goal Goal => Goal.RatioAtLeast(0.5);

    /// <inheritdoc/>
    public async Task<RoundResult> MeasureAsync(TimeSpan window)
    {
        await using var cluster = await BenchCluster.StartAsync().ConfigureAwait(false);
        await using var workers = await cluster.SubmitAsync<WordCountWorkers>(3).ConfigureAwait(false);
        await using var loop = new PeerGroup("words-source", "words-split", "words-count");
        await workers.DeactivateAsync().ConfigureAwait(false);
        var readings = await Turns.TakeAsync(
            window,
            new WorkersContender(workers, counters => counters.Received.Count),
            new PeersContender(loop, counters => counters.Received.Count, counters => counters.Expected.Count)).ConfigureAwait(false);
        return RoundResult.Of(readings[0].Rate, readings[1].Rate).With("crossingShare", await workers.CrossingShareAsync().ConfigureAwait(false));
    }
}
