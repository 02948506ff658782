namespace Topology.Bench;

/// <summary>Measures contenders in turns, so that a machine that slows down for a while slows all of them.</summary>
internal static class Turns
{
    /// <summary>How many slices a window is measured in.</summary>
    public const int SliceCount = 3;

    // Tier 0 code is replaced after 30 calls and 100 ms without new code, twice where it is instrumented first: a few tenths of a second, so 1 s covers it.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    // What a fresh run needs to fill its buffers; the code is compiled by then.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(200);

    /// <summary>Warms each contender up, then measures slices in turns.</summary>
    /// <param name="window">How long each is measured, over all its slices.</param>
    /// <param name="contenders">What to measure, in this order in each turn.</param>
    /// <returns>One reading per contender, its slices added up.</returns>
    public static async Task<Reading[]> TakeAsync(TimeSpan window, params IContender[] contenders)
    {
        foreach (var contender in contenders) await RunAsync(contender, WarmUp, Settle).ConfigureAwait(false);

        var readings = new Reading[contenders.Length];
        for (var slice = 0; slice < SliceCount; slice++)
        {
            for (var i = 0; i < contenders.Length; i++)
                readings[i] += await RunAsync(contenders[i], Settle, window / SliceCount).ConfigureAwait(false);
        }

        return readings;
    }

    private static Task<Reading> RunAsync(IContender contender, TimeSpan settle, TimeSpan window)
    {
        // What the run before left behind is not this one's to collect.
        GC.Collect();
        return contender.RunAsync(settle, window);
    }
}
