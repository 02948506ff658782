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

    [Test]
    public void A_sleep_counts_also_where_the_clock_was_set_back_before()
    {
        var time = new TwoClocks();
        var clock = new LeaseClock(time);
        time.Pass(TimeSpan.Zero, TimeSpan.FromHours(-1));
        Assert.That(clock.Now, Is.EqualTo(Start));
        time.Pass(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(30));
        Assert.That(clock.Now, Is.EqualTo(Start + TimeSpan.FromMinutes(30)));
        Assert.That(clock.Leapt, Is.EqualTo(TimeSpan.FromMinutes(30) - TimeSpan.FromSeconds(1)));
    }

    [Test]
    public void Small_differences_of_the_two_clocks_do_not_add_up()
    {
        var time = new TwoClocks();
        var clock = new LeaseClock(time);
        for (var second = 1; second <= 100; second++)
        {
            time.Pass(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1) + TimeSpan.FromMilliseconds(second % 2 == 0 ? 20 : -20));
            Assert.That(clock.Now, Is.EqualTo(Start + TimeSpan.FromSeconds(second)));
        }

        Assert.That(clock.Leapt, Is.EqualTo(TimeSpan.Zero));
    }
}
