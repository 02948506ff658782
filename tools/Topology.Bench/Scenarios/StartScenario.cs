namespace Topology.Bench;

/// <summary>How long it takes from the call that submits a built topology to its first ack, with a daemon that is up.</summary>
internal sealed class StartScenario : IScenario
{
    /// <inheritdoc/>
    public string Name => "start";

    /// <inheritdoc/>
    public string Summary => "from the submission of a built topology to its first ack, two workers, the daemon being up; ≤ 2 s (no --seconds)";

    /// <inheritdoc/>
    public string Unit => "s";

    /// <inheritdoc/>
    public string? BaselineName => null;

    /// <inheritdoc/>
    public Goal Goal => Goal.ValueAtMost(2);

    /// <inheritdoc/>
    public async Task<RoundResult> MeasureAsync(TimeSpan window)
    {
        await using var cluster = await BenchCluster.StartAsync().ConfigureAwait(false);
        var first = await StartAsync(cluster).ConfigureAwait(false);
        var again = await StartAsync(cluster).ConfigureAwait(false);
        return RoundResult.Of(first.TotalSeconds).With("againSeconds", again.TotalSeconds);
    }

    /// <summary>Packing and uploading count too.</summary>
    private static async Task<TimeSpan> StartAsync(BenchCluster cluster)
    {
        var submitted = TimeProvider.System.GetUtcNow();
        await using var run = await cluster.SubmitAsync<AckedHopWorkers>(2).ConfigureAwait(false);
        var description = await run.UntilAsync(d => d.FirstAckAt is not null, "the first ack").ConfigureAwait(false);
        return description.FirstAckAt!.Value - submitted;
    }
}
