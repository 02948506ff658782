namespace Topology.Bench;

/// <summary>Latency from the scheduled time of an emit to the ack, at a fixed rate that a slow engine cannot slow down.</summary>
internal sealed class LatencyScenario : IScenario
{
    private const int TuplesPerSecond = 50_000;

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
        var latencies = await LatencyTurns.TakeAsync(TuplesPerSecond, window, new PacedTopologyContender(), new PacedChannel()).ConfigureAwait(false);
        var (topology, channel) = (latencies[0], latencies[1]);
        return RoundResult.Of(topology.Percentile(0.99), channel.Percentile(0.99))
            .With("p50Us", topology.Percentile(0.50))
            .With("p99Us", topology.Percentile(0.99))
            .With("p999Us", topology.Percentile(0.999))
            .With("channelP50Us", channel.Percentile(0.50))
            .With("channelP99Us", channel.Percentile(0.99));
    }
}
