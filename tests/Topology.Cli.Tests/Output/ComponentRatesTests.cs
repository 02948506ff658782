namespace Topology.Cli.Tests;

public sealed class ComponentRatesTests
{
    [Test]
    public void Rates_are_of_the_time_between_two_readings()
    {
        var before = Sample.Metrics(Sample.Plan, TimeSpan.FromSeconds(10), c => c with { Emitted = 1000, Executed = 500 });
        var now = Sample.Metrics(Sample.Plan, TimeSpan.FromSeconds(12), c => c with { Emitted = 1600, Executed = 501 });

        Assert.That(ComponentRates.Between(before, now), Has.Count.EqualTo(3).And.All.Matches<ComponentRates>(r => r is { EmittedPerSecond: 300, ExecutedPerSecond: 0.5 }));
    }

    [Test]
    public void Without_time_between_there_are_no_rates()
    {
        var now = Sample.Metrics(Sample.Plan, TimeSpan.FromSeconds(10), c => c with { Emitted = 1000 });

        Assert.That(ComponentRates.Between(now, now), Has.All.Matches<ComponentRates>(r => r is { EmittedPerSecond: 0, ExecutedPerSecond: 0 }));
    }

    [TestCase(0, 0, 0, "idle")]
    [TestCase(1, 999, 0, "idle")]
    [TestCase(870, 130, 0, "busy 87%")]
    [TestCase(10, 990, 0, "busy 1%")]
    [TestCase(300, 100, 600, "held 60%")]
    [TestCase(600, 100, 300, "busy 60%")]
    public void The_state_is_what_the_executors_mostly_did(long busy, long idle, long held, string state)
    {
        var before = Sample.Metrics(Sample.Plan, TimeSpan.Zero, c => c with { BusyNanoseconds = 50, IdleNanoseconds = 50, BackpressuredNanoseconds = 50 });
        var now = Sample.Metrics(
            Sample.Plan,
            TimeSpan.FromSeconds(1),
            c => c with { BusyNanoseconds = 50 + busy, IdleNanoseconds = 50 + idle, BackpressuredNanoseconds = 50 + held });

        Assert.That(ComponentRates.Between(before, now)[0].State, Is.EqualTo(state));
    }
}
