namespace Topology.Bench;

/// <summary>Managed bytes that the whole process allocates per tuple, in the steady state of both hops; the value is the worse of the two.</summary>
internal sealed class AllocationScenario : IScenario
{
    /// <inheritdoc/>
    public string Name => "allocation";

    /// <inheritdoc/>
    public string Summary => "managed bytes allocated per tuple in hop and hop-acked; none";

    /// <inheritdoc/>
    public string Unit => "bytes/tuple";

    /// <inheritdoc/>
    public string? BaselineName => null;

    // None, but for timers that fire a few times a second: the smallest object there is, once in 24,000 tuples, would exceed it.
    /// <inheritdoc/>
    public Goal Goal => Goal.ValueAtMost(0.001);

    /// <inheritdoc/>
    public async Task<RoundResult> MeasureAsync(TimeSpan window)
    {
        var readings = await Turns.TakeAsync(window, HopScenario.Contender, HopAckedScenario.Contender).ConfigureAwait(false);
        return RoundResult.Of(readings.Max(reading => reading.BytesPerTuple))
            .With("hopBytesPerTuple", readings[0].BytesPerTuple)
            .With("hopBytes", readings[0].AllocatedBytes)
            .With("hopAckedBytesPerTuple", readings[1].BytesPerTuple)
            .With("hopAckedBytes", readings[1].AllocatedBytes);
    }
}
