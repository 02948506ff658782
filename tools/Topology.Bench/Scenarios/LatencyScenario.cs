namespace Topology.Bench;

/// <summary>Latency from the scheduled time of an emit to the ack, at a fixed rate that a slow engine cannot slow down.</summary>
internal sealed class LatencyScenario : IScenario
{
    private const int TuplesPerSecond = 50_000;
    private const int SliceCount = 3;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public string Name => "latency";

    /// <inheritdoc/>
    public string Summary => "p99 from scheduled emit to ack at 50,000 tuples/s; p50 ≤ 100 µs, p99 ≤ 2 ms and ≤ 3 × channels doing the same";

    /// <inheritdoc/>
    public string Unit => "µs";

    /// <inheritdoc/>
    public string? BaselineName => "channel";

    /// <inheritdoc/>
    public Goal Goal => Goal.RatioAtMost(3).And("p50Us", 100).And("p99Us", 2_000);

    /// <inheritdoc/>
    public async Task<RoundResult> MeasureAsync(TimeSpan window)
    {
        ILatencyContender[] contenders = [new PacedTopologyContender(), new PacedChannel()];
        foreach (var contender in contenders)
            await contender.RunAsync(TuplesPerSecond, WarmUp, Settle, new LatencyHistogram()).ConfigureAwait(false);

        LatencyHistogram[] latencies = [new(), new()];
        for (var slice = 0; slice < SliceCount; slice++)
        {
            for (var i = 0; i < contenders.Length; i++)
            {
                GC.Collect();
                await contenders[i].RunAsync(TuplesPerSecond, Settle, window / SliceCount, latencies[i]).ConfigureAwait(false);
            }
        }

        var (topology, channel) = (latencies[0], latencies[1]);
        return RoundResult.Of(topology.Percentile(0.99), channel.Percentile(0.99))
            .With("p50Us", topology.Percentile(0.50))
            .With("p99Us", topology.Percentile(0.99))
            .With("p999Us", topology.Percentile(0.999))
            .With("channelP50Us", channel.Percentile(0.50))
            .With("channelP99Us", channel.Percentile(0.99));
    }
}
