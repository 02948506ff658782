namespace Topology.Bench;

/// <summary>The open loop through a topology in worker processes, whose spout records.</summary>
internal sealed class WorkersLatency(WorkersRun run) : ILatencyContender
{
    /// <inheritdoc/>
    public async Task RunAsync(int tuplesPerSecond, TimeSpan settle, TimeSpan window, LatencyHistogram latencies)
    {
        await run.UntilAsync(d => d.State == "active", "the start").ConfigureAwait(false);
        run.Board.Loop.Start(tuplesPerSecond);
        await run.Board.Loop.MeasureAsync(settle, window).ConfigureAwait(false);
        run.Board.Loop.Stop();
        await run.DrainAsync().ConfigureAwait(false);
        run.Board.Counters.Check();
        latencies.Take(run.Board.Latencies);
    }
}
