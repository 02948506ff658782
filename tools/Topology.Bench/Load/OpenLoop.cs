using System.Diagnostics;

namespace Topology.Bench;

/// <summary>
/// A schedule of emits at a fixed rate, which nothing that happens downstream changes: what is late is late from its scheduled time on, so a stall shows in the latency of
/// every tuple that it held up.
/// </summary>
/// <param name="tuplesPerSecond">The rate.</param>
internal sealed class OpenLoop(int tuplesPerSecond)
{
    private readonly double _ticksPerTuple = (double)Stopwatch.Frequency / tuplesPerSecond;
    private readonly long _start = Stopwatch.GetTimestamp();

    // Written by the thread that opens the window, read by the one that records.
    private long _firstTick = long.MaxValue;
    private long _lastTick = long.MinValue;

    /// <summary>How many tuples should have left by now.</summary>
    public long Due => (long)((Stopwatch.GetTimestamp() - _start) / _ticksPerTuple) + 1;

    /// <summary>Waits for the settling time, then has the tuples of a window recorded, and returns at its end.</summary>
    public async Task MeasureAsync(TimeSpan settle, TimeSpan window)
    {
        await Task.Delay(settle).ConfigureAwait(false);
        var now = Stopwatch.GetTimestamp();
        Volatile.Write(ref _lastTick, now + (long)(window.TotalSeconds * Stopwatch.Frequency));
        Volatile.Write(ref _firstTick, now);
        await Task.Delay(window).ConfigureAwait(false);
    }

    /// <summary>Records the end of a tuple of a number from 0, if its scheduled time lies in the window.</summary>
    public void Complete(long number, LatencyHistogram latencies)
    {
        var scheduled = _start + (long)(number * _ticksPerTuple);
        if (scheduled >= Volatile.Read(ref _firstTick) && scheduled < Volatile.Read(ref _lastTick))
            latencies.Record(Stopwatch.GetTimestamp() - scheduled);
    }
}
