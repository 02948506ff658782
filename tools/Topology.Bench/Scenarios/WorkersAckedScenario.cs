namespace Topology.Bench;

/// <summary>The acked hop between two processes: spout and acker in the one, bolt in the other. A tuple is done when its spout hears of it.</summary>
internal sealed class WorkersAckedScenario : IScenario
{
    /// <inheritdoc/>
    public string Name => "workers-acked";

    /// <inheritdoc/>
    public string Summary => "hop-acked between two processes, by ipc; at least 0.6 × a loop by hand over ZeroMQ with the same rows and acks; over TCP with CURVE beside it";

    /// <inheritdoc/>
    public string Unit => "tuples/s";

    /// <inheritdoc/>
    public string? BaselineName => "loop";

    /// <inheritdoc/>
    public Goal Goal => Goal.RatioAtLeast(0.6);

    /// <inheritdoc/>
    public async Task<RoundResult> MeasureAsync(TimeSpan window)
    {
        await using var cluster = await BenchCluster.StartAsync().ConfigureAwait(false);
        await using var ipc = await cluster.SubmitAsync<AckedHopWorkers>(2).ConfigureAwait(false);
        await using var tcp = await cluster.SubmitAsync<AckedHopWorkers>(2, ("links.transport", "tcp")).ConfigureAwait(false);
        await using var loop = new PeerGroup("rows-source", "rows-sink");
        await ipc.DeactivateAsync().ConfigureAwait(false);
        await tcp.DeactivateAsync().ConfigureAwait(false);
        var readings = await Turns.TakeAsync(
            window,
            new WorkersContender(ipc, counters => counters.Acked.Count),
            new PeersContender(loop, counters => counters.Acked.Count, counters => counters.Tracked.Count),
            new WorkersContender(tcp, counters => counters.Acked.Count)).ConfigureAwait(false);
        var frames = await ipc.FramesAsync().ConfigureAwait(false);
        return RoundResult.Of(readings[0].Rate, readings[1].Rate)
            .With("rowsPerFrame", (double)ipc.Board.Counters.Tracked.Count / frames[0])
            .With("acksPerFrame", (double)ipc.Board.Counters.Tracked.Count / frames[1])
            .With("tcpCurve", readings[2].Rate)
            .With("tcpCurveRatio", readings[2].Rate / readings[1].Rate);
    }
}
