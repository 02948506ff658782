namespace Topology.Bench;

/// <summary>Measures how many tuples the bolts execute that do not get stuck, while one is or while none is.</summary>
/// <param name="run">A topology with a <see cref="StuckBolt"/>.</param>
/// <param name="isStuck">Whether one is.</param>
/// <param name="check">Throws where the run was not what it should have been.</param>
internal sealed class StuckContender(WorkersRun run, bool isStuck, Action<RunCounters> check) : IContender
{
    // Until all that fits in front of the stuck task is there, at 10,000 a second, and the first trees have timed out.
    private static readonly TimeSpan Fill = TimeSpan.FromSeconds(2);

    /// <summary>The largest growth of all workers' memory together within a window, in bytes.</summary>
    public long Growth { get; private set; }

    /// <summary>Their memory at the end of the last window, in bytes.</summary>
    public long Memory { get; private set; }

    /// <inheritdoc/>
    public async Task<Reading> RunAsync(TimeSpan settle, TimeSpan window)
    {
        var counters = run.Board.Counters;
        var blocks = counters.Blocks.Count;
        run.Board.IsOpen = isStuck;
        await run.ActivateAsync().ConfigureAwait(false);
        await Task.Delay(Fill).ConfigureAwait(false);
        var before = await run.MemoryAsync().ConfigureAwait(false);
        var reading = await Window.ReadAsync(() => counters.Undisturbed.Count, settle, window).ConfigureAwait(false);
        Memory = await run.MemoryAsync().ConfigureAwait(false);
        Growth = Math.Max(Growth, Memory - before);
        if (isStuck && counters.Blocks.Count == blocks) throw new BenchException("nothing got stuck");
        run.Board.IsOpen = false;
        await run.DeactivateAsync().ConfigureAwait(false);
        check(counters);
        return reading;
    }
}
