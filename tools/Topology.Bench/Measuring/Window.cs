using System.Diagnostics;

namespace Topology.Bench;

/// <summary>Reads a counter at two points while something runs.</summary>
internal static class Window
{
    /// <summary>Waits for the settling time, then reads the counter at the two ends of a window.</summary>
    /// <param name="done">The counter; read from this thread while others write it.</param>
    /// <param name="settle">How long nothing is read yet.</param>
    /// <param name="length">The window's length, about; the reading says what it was.</param>
    public static async Task<Reading> ReadAsync(Func<long> done, TimeSpan settle, TimeSpan length)
    {
        await Task.Delay(settle).ConfigureAwait(false);

        // Counting the bytes stops all threads for a moment, so it stays outside of what the clock spans.
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        var tuples = done();

        await Task.Delay(length).ConfigureAwait(false);

        tuples = done() - tuples;
        var elapsed = Stopwatch.GetElapsedTime(start);
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        return new Reading(tuples, elapsed, bytes);
    }
}
