namespace Topology.Testing;

/// <summary>
/// A clock that stands still until it is told to go on: give it to a cluster, and timeouts, ticks and delays are tested without waiting. Thread-safe.
/// </summary>
public sealed class ManualTime : TimeProvider
{
    private readonly DateTimeOffset _start;
    private long _nanoseconds;

    /// <param name="start">What it shows at first; null for the start of the year 2000, UTC.</param>
    public ManualTime(DateTimeOffset? start = null) => _start = start ?? new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>10^9: a timestamp counts nanoseconds.</summary>
    public override long TimestampFrequency => 1_000_000_000;

    /// <summary>How far the clock has gone since it was made.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(Volatile.Read(ref _nanoseconds) / 100);

    /// <summary>Lets time go on at once by so much.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The span is negative: time does not go back.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Interlocked.Add(ref _nanoseconds, by.Ticks * 100);
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _nanoseconds);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start + Elapsed;
}
