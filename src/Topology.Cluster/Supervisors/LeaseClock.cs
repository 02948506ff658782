namespace Topology.Cluster;

/// <summary>
/// The clock that leases and graces are counted on. It goes on while the process is stopped and while the machine sleeps, as the system's time does, and unlike that is never set back: time that is set back would prolong a lease beyond
/// what the master waits for. Thread-safe.
/// </summary>
/// <param name="time">The system's clock.</param>
internal sealed class LeaseClock(TimeProvider time)
{
    /// <summary>By how much the system's time may run ahead between two looks and be no leap: clocks are slewed by 500 millionths at most, and looked at each second.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    /// <summary>How long reading both clocks may take: one that is interrupted by more is read again, as the difference would count as a leap.</summary>
    private static readonly TimeSpan ReadWithin = Slack / 2;

    private readonly Lock _lock = new();
    private (long Timestamp, DateTimeOffset Shown) _last = (time.GetTimestamp(), time.GetUtcNow());
    private DateTimeOffset _now = time.GetUtcNow();
    private TimeSpan _leapt;

    /// <summary>The time: later by what a clock that cannot be set has counted, or by what the system's time shows where that has leapt ahead, as it does after a sleep.</summary>
    public DateTimeOffset Now
    {
        get
        {
            lock (_lock)
            {
                Look();
                return _now;
            }
        }
    }

    /// <summary>By how much in all the system's time has leapt ahead of what was counted: the machine slept, or its clock was set forward, which cannot be told apart.</summary>
    public TimeSpan Leapt
    {
        get
        {
            lock (_lock)
            {
                Look();
                return _leapt;
            }
        }
    }

    private void Look()
    {
        var read = Read();
        var counted = time.GetElapsedTime(_last.Timestamp, read.Timestamp);
        // Since the last look, not since the first: a clock that was set back before a sleep would hide that.
        var leap = read.Shown - _last.Shown - counted;
        if (leap <= Slack) leap = TimeSpan.Zero;
        (_last, _now, _leapt) = (read, _now + counted + leap, _leapt + leap);
    }

    private (long Timestamp, DateTimeOffset Shown) Read()
    {
        while (true)
        {
            var read = (Timestamp: time.GetTimestamp(), Shown: time.GetUtcNow());
            if (time.GetElapsedTime(read.Timestamp) < ReadWithin) return read;
        }
    }
}
