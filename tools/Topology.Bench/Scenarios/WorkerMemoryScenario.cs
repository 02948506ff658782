namespace Topology.Bench;

/// <summary>Resident memory of workers whose spout has nothing.</summary>
internal sealed class WorkerMemoryScenario : IScenario
{
    private const int Workers = 2;
    private const double Megabyte = 1024 * 1024;

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public string Name => "worker-memory";

    /// <inheritdoc/>
    public string Summary => "resident memory of a worker whose topology has nothing to do, after 5 s; ≤ 100 MB (no --seconds)";

    /// <inheritdoc/>
    public string Unit => "MB";

    /// <inheritdoc/>
    public string? BaselineName => null;

    /// <inheritdoc/>
    public Goal Goal => Goal.ValueAtMost(100);

    /// <inheritdoc/>
    public async Task<RoundResult> MeasureAsync(TimeSpan window)
    {
        await using var cluster = await BenchCluster.StartAsync().ConfigureAwait(false);
        await using var run = await cluster.SubmitAsync<QuietWorkers>(Workers).ConfigureAwait(false);
        await run.ProcessesAsync().ConfigureAwait(false);
        await Task.Delay(Settle).ConfigureAwait(false);
        return RoundResult.Of(await run.MemoryAsync().ConfigureAwait(false) / Megabyte / Workers);
    }
}
