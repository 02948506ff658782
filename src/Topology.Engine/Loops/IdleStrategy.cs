using System.Diagnostics;

namespace Topology.Engine;

/// <summary>What a loop with nothing to do does: spins for a moment, yields, then parks until it is woken or a deadline comes.</summary>
internal sealed class IdleStrategy(Worker worker)
{
    /// <summary>Waking a parked thread costs its waker about 5 µs and takes 50 µs to take effect: spinning pays for gaps shorter than that.</summary>
    private static readonly long SpinTicks = Stopwatch.Frequency / 1_000_000 * 50;

    private const long LongestWait = 10_000_000_000;

    private const int Yields = 4;

    private long _since;
    private int _yields;

    /// <summary>There was something to do.</summary>
    public void Reset()
    {
        _since = 0;
        _yields = 0;
    }

    /// <summary>There was nothing to do.</summary>
    public void Wait(EventLoop loop)
    {
        var now = Stopwatch.GetTimestamp();
        if (_since == 0) _since = now;
        if (now - _since < SpinTicks && !worker.IsOversubscribed)
        {
            Thread.SpinWait(8);
            return;
        }

        if (_yields < Yields)
        {
            _yields++;
            Thread.Yield();
            return;
        }

        Park(loop);
    }

    private void Park(EventLoop loop)
    {
        var wait = loop.NextDeadline == long.MaxValue ? long.MaxValue : loop.NextDeadline - worker.Clock.Nanoseconds;
        if (wait <= 0) return;
        if (wait < 60_000 && !worker.IsOversubscribed && worker.Clock.IsReal)
        {
            Thread.SpinWait(16);
            return;
        }

        // Time that does not pass by itself is looked at every millisecond. Other waits are rounded up: a deadline met too early would only be waited for again.
        var milliseconds = !worker.Clock.IsReal ? 1 : (int)(Math.Min(wait, LongestWait) / 1_000_000) + 1;
        loop.Parker.Park(milliseconds, () => loop.HasWork || worker.IsStopping);
    }
}
