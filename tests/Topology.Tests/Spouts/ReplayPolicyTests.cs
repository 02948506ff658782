namespace Topology.Tests;

public sealed class ReplayPolicyTests
{
    private const long Millisecond = 1_000_000;

    [TestCase(1, 100)]
    [TestCase(2, 200)]
    [TestCase(3, 400)]
    [TestCase(9, 25_600)]
    [TestCase(10, 30_000)]
    [TestCase(5_000, 30_000)]
    public void The_delay_doubles_up_to_its_limit(int failures, long milliseconds) =>
        Assert.That(ReplayPolicy.Default.DelayNanoseconds(failures, chance: 0.5), Is.EqualTo(milliseconds * Millisecond).Within(1));

    [Test]
    public void A_record_that_never_failed_by_its_own_fault_waits_as_after_its_first_failure() =>
        Assert.That(ReplayPolicy.Default.DelayNanoseconds(0, chance: 0.5), Is.EqualTo(100 * Millisecond).Within(1));

    [TestCase(0.0, 80)]
    [TestCase(0.25, 90)]
    [TestCase(1.0, 120)]
    public void Chance_moves_the_delay_by_up_to_a_fifth(double chance, long milliseconds) =>
        Assert.That(ReplayPolicy.Default.DelayNanoseconds(1, chance), Is.EqualTo(milliseconds * Millisecond).Within(1));

    [Test]
    public void No_delay_stays_no_delay_however_often_it_doubles() =>
        Assert.That(new ReplayPolicy { InitialDelay = TimeSpan.Zero }.DelayNanoseconds(5_000, 0.9), Is.Zero);

    [Test]
    public void Limits_that_allow_no_attempt_and_negative_delays_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new ReplayPolicy { MaxAttempts = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new ReplayPolicy { MaxTimeouts = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new ReplayPolicy { InitialDelay = TimeSpan.FromTicks(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = new ReplayPolicy { MaxDelay = TimeSpan.FromTicks(-1) });
    }
}
