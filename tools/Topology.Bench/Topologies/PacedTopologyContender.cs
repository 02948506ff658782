namespace Topology.Bench;

/// <summary>The open loop of the latency scenario through a topology.</summary>
internal sealed class PacedTopologyContender : ILatencyContender
{
    /// <inheritdoc/>
    public async Task RunAsync(int tuplesPerSecond, TimeSpan settle, TimeSpan window, LatencyHistogram latencies)
    {
        var counters = new RunCounters();
        var loop = new OpenLoop(tuplesPerSecond);
        var run = new TopologyRun(new PacedTopology(counters, loop, latencies));
        await using (run.ConfigureAwait(false))
        {
            await loop.MeasureAsync(settle, window).ConfigureAwait(false);
            await run.StopAsync().ConfigureAwait(false);
            counters.Check();
        }
    }
}
