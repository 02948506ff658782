namespace Topology.Engine.Tests;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class StandingTime : TimeProvider
{
    private long _nanoseconds;

    public override long TimestampFrequency => 1_000_000_000;

    public void Advance(TimeSpan by) => _nanoseconds += by.Ticks * 100;

    public override long GetTimestamp() => _nanoseconds;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(_nanoseconds / 100);
}
