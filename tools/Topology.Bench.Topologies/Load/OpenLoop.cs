using System.Diagnostics;

namespace Topology.Bench;

/// <summary>
/// A schedule of emits at a fixed rate, which nothing that happens downstream changes: what is late is late from its scheduled time on, so a stall shows in the latency of
/// every tuple that it held up.
/// </summary>
/// <param name="ticks">Where it is kept, so that whoever measures and whoever emits may be two processes: the system's clock is one.</param>
internal sealed class OpenLoop(LongBlock ticks)
{
    /// <summary>How many numbers it takes.</summary>
    public const int Length = 4;

    private const int StartPlace = 0;
    private const int FirstPlace = 1;
    private const int EndPlace = 2;
    private const int PeriodPlace = 3;

    /// <summary>A schedule in memory of this process, begun.</summary>
    public OpenLoop(int tuplesPerSecond) : this(new LongBlock(Length)) => Start(tuplesPerSecond);

    /// <summary>Which schedule it is, by the time when its tuple 0 was due; 0 while there is none.</summary>
    public long Epoch => Volatile.Read(ref ticks[StartPlace]);

    /// <summary>How many tuples should have left by now; 0 while there is no schedule.</summary>
    public long Due => Epoch is not 0 and var start ? (long)((Stopwatch.GetTimestamp() - start) / TicksPerTuple) + 1 : 0;

    private double TicksPerTuple => BitConverter.Int64BitsToDouble(Volatile.Read(ref ticks[PeriodPlace]));

    /// <summary>Begins a schedule now, with tuple 0; nothing of it is recorded yet.</summary>
    public void Start(double tuplesPerSecond)
    {
        Volatile.Write(ref ticks[FirstPlace], long.MaxValue);
        Volatile.Write(ref ticks[EndPlace], long.MinValue);
        Volatile.Write(ref ticks[PeriodPlace], BitConverter.DoubleToInt64Bits(Stopwatch.Frequency / tuplesPerSecond));
        Volatile.Write(ref ticks[StartPlace], Stopwatch.GetTimestamp());
    }

    /// <summary>Ends the schedule: nothing is due any more. What was emitted is still recorded.</summary>
    public void Stop() => Volatile.Write(ref ticks[StartPlace], 0);

    /// <summary>Waits for the settling time, then has the tuples of a window recorded, and returns at its end.</summary>
    public async Task MeasureAsync(TimeSpan settle, TimeSpan window)
    {
        await Task.Delay(settle).ConfigureAwait(false);
        var now = Stopwatch.GetTimestamp();
        Volatile.Write(ref ticks[EndPlace], now + (long)(window.TotalSeconds * Stopwatch.Frequency));
        Volatile.Write(ref ticks[FirstPlace], now);
        await Task.Delay(window).ConfigureAwait(false);
    }

    /// <summary>Records the end of a tuple, if its scheduled time lies in the window.</summary>
    /// <param name="epoch">The schedule that it was emitted by.</param>
    /// <param name="number">Its number in that, from 0.</param>
    /// <param name="latencies">Where it is recorded.</param>
    public void Complete(long epoch, long number, LatencyHistogram latencies)
    {
        var scheduled = epoch + (long)(number * TicksPerTuple);
        if (scheduled >= Volatile.Read(ref ticks[FirstPlace]) && scheduled < Volatile.Read(ref ticks[EndPlace]))
            latencies.Record(Stopwatch.GetTimestamp() - scheduled);
    }
}
