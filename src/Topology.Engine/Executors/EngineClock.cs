namespace Topology.Engine;

/// <summary>The engine's clock: nanoseconds since the worker started, from a <see cref="TimeProvider"/>.</summary>
internal sealed class EngineClock
{
    private readonly long _start;
    private readonly double _nanosecondsPerTick;
    private readonly bool _isNanoseconds;

    public EngineClock(TimeProvider time)
    {
        Time = time;
        _start = time.GetTimestamp();
        _isNanoseconds = time.TimestampFrequency == 1_000_000_000;
        _nanosecondsPerTick = 1e9 / time.TimestampFrequency;
    }

    public TimeProvider Time { get; }

    /// <summary>Whether time passes by itself, so that waiting for it makes sense.</summary>
    public bool IsReal => ReferenceEquals(Time, TimeProvider.System);

    /// <summary>A reading; about 21 ns on the system's clock.</summary>
    public long Nanoseconds
    {
        get
        {
            var ticks = Time.GetTimestamp() - _start;
            return _isNanoseconds ? ticks : (long)(ticks * _nanosecondsPerTick);
        }
    }

    /// <summary>A span of time in nanoseconds; <see cref="long.MaxValue"/> for an infinite one.</summary>
    public static long ToNanoseconds(TimeSpan span) =>
        span == Timeout.InfiniteTimeSpan || span.Ticks > long.MaxValue / 200 ? long.MaxValue : span.Ticks * 100;
}
