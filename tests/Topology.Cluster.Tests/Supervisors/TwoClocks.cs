namespace Topology.Cluster.Tests;

/// <summary>A time whose two clocks are set apart from each other: what cannot be set, and what the system shows.</summary>
internal sealed class TwoClocks : TimeProvider
{
    private long _ticks;
    private DateTimeOffset _now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _ticks);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Pass(TimeSpan counted, TimeSpan shown) => (_ticks, _now) = (_ticks + counted.Ticks, _now + shown);
}
