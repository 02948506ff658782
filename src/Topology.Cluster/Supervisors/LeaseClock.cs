namespace Topology.Cluster;

/// <summary>
/// The clock that leases and graces are counted on. It goes on while the process is stopped and while the machine sleeps, as the system's time does, and unlike that is never set back: time that is set back would prolong a lease beyond
/// what the master waits for. Thread-safe.
/// </summary>
/// <param name="time">The system's clock.</param>
internal sealed class LeaseClock(TimeProvider time)
{
    private readonly Lock _lock = new();
    private DateTimeOffset _last = time.GetUtcNow();
    private long _at = time.GetTimestamp();

    /// <summary>The time: never less than before, and later by at least what a clock that cannot be set has counted meanwhile.</summary>
    public DateTimeOffset Now
    {
        get
        {
            lock (_lock)
            {
                var (timestamp, counted) = (time.GetTimestamp(), time.GetUtcNow());
                var least = _last + time.GetElapsedTime(_at, timestamp);
                (_last, _at) = (counted > least ? counted : least, timestamp);
                return _last;
            }
        }
    }
}
