namespace Topology.Cluster.Tests;

public sealed class LeaseClockTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void A_clock_that_is_set_back_does_not_prolong_a_lease()
    {
        var time = new TwoClocks();
        var clock = new LeaseClock(time);
        time.Pass(TimeSpan.FromSeconds(20), TimeSpan.FromHours(-1));
        Assert.That(clock.Now, Is.EqualTo(Start + TimeSpan.FromSeconds(20)));
        time.Pass(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(20));
        Assert.That(clock.Now, Is.EqualTo(Start + TimeSpan.FromSeconds(40)));
    }

    [Test]
    public void Time_that_a_machine_has_slept_counts()
    {
        var time = new TwoClocks();
        var clock = new LeaseClock(time);
        time.Pass(TimeSpan.Zero, TimeSpan.FromMinutes(5));
        Assert.That(clock.Now, Is.EqualTo(Start + TimeSpan.FromMinutes(5)));
    }

    private sealed class TwoClocks : TimeProvider
    {
        private long _ticks;
        private DateTimeOffset _now = Start;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public override DateTimeOffset GetUtcNow() => _now;

        public void Pass(TimeSpan counted, TimeSpan shown) => (_ticks, _now) = (_ticks + counted.Ticks, _now + shown);
    }
}
