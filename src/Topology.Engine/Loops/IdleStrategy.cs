using System.Diagnostics;

namespace Topology.Engine;

/// <summary>What a loop with nothing to do does: spins for a moment, yields, then parks until it is woken or a deadline comes.</summary>
internal sealed class IdleStrategy
{
    /// <summary>Waking a parked thread costs its waker about 5 µs and takes 50 µs to take effect: spinning pays for gaps shorter than that.</summary>
    private static readonly long SpinTicks = Stopwatch.Frequency / 1_000_000 * 50;

    private const long LongestWait = 10_000_000_000;

    /// <summary>Time that does not pass by itself is looked at so often.</summary>
    private const long Look = 1_000_000;

    /// <summary>Deadlines sooner than that are spun for where a core is free.</summary>
    private const long SoonNanoseconds = 60_000;

    /// <summary>
    /// How long a loop sleeps at least, where others need the core, although an executor wants to be asked again at once and had nothing to do: with the kernel's timer slack
    /// (50 µs, prctl(2)) twice to thrice as long. A loop that goes on asking takes a core for it, and the links of the other workers wait.
    /// </summary>
    private const long ShortestPause = 20_000;

    private const int Yields = 4;

    private readonly Worker _worker;
    private readonly Func<bool> _hasWork;
    private EventLoop? _loop;
    private long _since;
    private int _yields;

    public IdleStrategy(Worker worker)
    {
        _worker = worker;
        _hasWork = () => _loop!.HasWork || worker.IsStopping;
    }

    private bool MaySpin => !_worker.IsOversubscribed;

    /// <summary>There was something to do.</summary>
    public void Reset()
    {
        _since = 0;
        _yields = 0;
    }

    /// <summary>There was nothing to do.</summary>
    public void Wait(EventLoop loop)
    {
        _loop = loop;
        var now = Stopwatch.GetTimestamp();
        if (_since == 0) _since = now;
        if (now - _since < SpinTicks && MaySpin)
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
        var wait = WaitOf(loop);
        if (!_worker.Clock.IsReal)
        {
            if (wait > 0) loop.Parker.Park(Look, _hasWork);
        }
        else if (wait < SoonNanoseconds && MaySpin)
        {
            if (wait > 0) Thread.SpinWait(16);
        }
        else if (!MaySpin && (wait < ShortestPause || loop.HasWork))
        {
            // Rows that came just now wait for it as well, once: the rounds before this one found none.
            loop.Parker.Pause(ShortestPause);
        }
        else
        {
            loop.Parker.Park(wait, _hasWork);
        }
    }

    private long WaitOf(EventLoop loop) => loop.NextDeadline == long.MaxValue ? LongestWait : Math.Min(LongestWait, loop.NextDeadline - _worker.Clock.Nanoseconds);
}
