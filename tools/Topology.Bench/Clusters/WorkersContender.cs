namespace Topology.Bench;

/// <summary>Measures how much a topology in worker processes gets done. The processes live on between two measurements and do nothing then, so that what is measured has been compiled well.</summary>
/// <param name="run">The topology.</param>
/// <param name="done">What counts as done.</param>
internal sealed class WorkersContender(WorkersRun run, Func<RunCounters, long> done) : IContender
{
    /// <inheritdoc/>
    public async Task<Reading> RunAsync(TimeSpan settle, TimeSpan window)
    {
        await run.ActivateAsync().ConfigureAwait(false);
        var reading = await Window.ReadAsync(() => done(run.Board.Counters), settle, window).ConfigureAwait(false);
        await run.DeactivateAsync().ConfigureAwait(false);
        run.Board.Counters.Check();
        return reading;
    }
}
