namespace Topology.Bench;

/// <summary>Latency from the scheduled time of an emit to the ack where spout and bolt are two processes, beside that of a bare ZeroMQ round trip.</summary>
internal sealed class WorkersLatencyScenario : IScenario
{
    private const int TuplesPerSecond = 20_000;

    /// <inheritdoc/>
    public string Name => "workers-latency";

    /// <inheritdoc/>
    public string Summary => "p99 from scheduled emit to ack at 20,000 tuples/s between two processes; p50 ≤ 400 µs, p99 ≤ 5 ms and ≤ 3 × a bare ZeroMQ round trip";

    /// <inheritdoc/>
    public string Unit => "µs";

    /// <inheritdoc/>
    public string? BaselineName => "round-trip";

    /// <inheritdoc/>
    public Goal Goal => Goal.RatioAtMost(3).And("p50Us", 400).And("p99Us", 5_000);

    /// <inheritdoc/>
    public async Task<RoundResult> MeasureAsync(TimeSpan window)
    {
        await using var cluster = await BenchCluster.StartAsync().ConfigureAwait(false);
        await using var workers = await cluster.SubmitAsync<PacedWorkers>(2).ConfigureAwait(false);
        await using var echo = new PeerGroup("echo-source", "echo");
        var latencies = await LatencyTurns.TakeAsync(TuplesPerSecond, window, new WorkersLatency(workers), new PeersLatency(echo)).ConfigureAwait(false);
        var (topology, bare) = (latencies[0], latencies[1]);
        return RoundResult.Of(topology.Percentile(0.99), bare.Percentile(0.99))
            .With("p50Us", topology.Percentile(0.50))
            .With("p99Us", topology.Percentile(0.99))
            .With("p999Us", topology.Percentile(0.999))
            .With("roundTripP50Us", bare.Percentile(0.50))
            .With("roundTripP99Us", bare.Percentile(0.99));
    }
}
