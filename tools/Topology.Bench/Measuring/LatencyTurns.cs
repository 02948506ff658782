namespace Topology.Bench;

/// <summary>Measures latencies in turns, as <see cref="Turns"/> does rates.</summary>
internal static class LatencyTurns
{
    private const int SliceCount = 3;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(200);

    /// <summary>Warms each contender up, then measures slices in turns.</summary>
    /// <param name="tuplesPerSecond">The rate.</param>
    /// <param name="window">How long each is measured, over all its slices.</param>
    /// <param name="contenders">What to measure, in this order in each turn.</param>
    /// <returns>The latencies of each contender.</returns>
    public static async Task<LatencyHistogram[]> TakeAsync(int tuplesPerSecond, TimeSpan window, params ILatencyContender[] contenders)
    {
        foreach (var contender in contenders) await contender.RunAsync(tuplesPerSecond, WarmUp, Settle, new LatencyHistogram()).ConfigureAwait(false);

        LatencyHistogram[] latencies = [.. contenders.Select(_ => new LatencyHistogram())];
        for (var slice = 0; slice < SliceCount; slice++)
        {
            for (var i = 0; i < contenders.Length; i++)
            {
                GC.Collect();
                await contenders[i].RunAsync(tuplesPerSecond, Settle, window / SliceCount, latencies[i]).ConfigureAwait(false);
            }
        }

        return latencies;
    }
}
