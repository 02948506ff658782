namespace Topology.Bench;

/// <summary>Measures how many tuples per second a topology gets done.</summary>
/// <param name="build">Makes the topology for one run.</param>
/// <param name="done">What counts as done.</param>
/// <param name="check">Throws where a run, beside being lossless, was not what it should have been.</param>
internal sealed class TopologyContender(Func<RunCounters, ITopology> build, Func<RunCounters, long> done, Action<RunCounters>? check = null) : IContender
{
    /// <inheritdoc/>
    public async Task<Reading> RunAsync(TimeSpan settle, TimeSpan window)
    {
        var counters = new RunCounters();
        var run = new TopologyRun(build(counters));
        await using (run.ConfigureAwait(false))
        {
            var reading = await Window.ReadAsync(() => done(counters), settle, window).ConfigureAwait(false);
            await run.StopAsync().ConfigureAwait(false);
            counters.Check();
            check?.Invoke(counters);
            return reading;
        }
    }
}
