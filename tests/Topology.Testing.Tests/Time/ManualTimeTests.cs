using FsCheck;
using FsCheck.Fluent;

namespace Topology.Testing.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ManualTimeTests
{
    private readonly ManualTime _time = new();
    private readonly List<string> _fired = [];

    [Test]
    public void It_stands_still_until_it_is_told_to_go_on()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero));
        Assert.That(time.GetUtcNow(), Is.EqualTo(new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero)));
        Assert.That(time.Elapsed, Is.EqualTo(TimeSpan.Zero));
        time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.That(time.GetUtcNow(), Is.EqualTo(new DateTimeOffset(2026, 2, 3, 4, 5, 7, 500, TimeSpan.Zero)));
        Assert.That(time.GetTimestamp(), Is.EqualTo(1_500_000_000));
        Assert.That(time.GetElapsedTime(0), Is.EqualTo(TimeSpan.FromSeconds(1.5)));
    }

    [Test]
    public void Time_does_not_go_back() =>
        Assert.That(() => _time.Advance(TimeSpan.FromTicks(-1)), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void A_timer_fires_at_its_time_and_not_before()
    {
        using var timer = Timer("one", TimeSpan.FromSeconds(3));
        _time.Advance(TimeSpan.FromSeconds(3) - TimeSpan.FromTicks(1));
        Assert.That(_fired, Is.Empty);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.That(_fired, Is.EqualTo(new[] { "one at 3" }));
        _time.Advance(TimeSpan.FromDays(1));
        Assert.That(_fired, Has.Count.EqualTo(1));
    }

    [Test]
    public void Timers_fire_in_the_order_of_their_times_and_then_of_their_setting()
    {
        using var late = Timer("late", TimeSpan.FromSeconds(2));
        using var early = Timer("early", TimeSpan.FromSeconds(1));
        using var after = Timer("after", TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.That(_fired, Is.EqualTo(new[] { "early at 1", "late at 2", "after at 2" }));
        Assert.That(_time.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public void Any_timers_fire_in_the_order_of_their_times_however_time_goes_on() => Prop.ForAll<byte[], byte[]>((dues, steps) =>
    {
        var time = new ManualTime();
        var fired = new List<(long At, int Timer)>();
        var timers = dues.Select((due, i) => time.CreateTimer(_ => fired.Add((time.GetTimestamp(), i)), null, TimeSpan.FromTicks(due), TimeSpan.Zero)).ToArray();
        foreach (var step in steps) time.Advance(TimeSpan.FromTicks(step));
        var now = time.GetTimestamp() / TimeSpan.NanosecondsPerTick;
        var expected = dues.Select((due, i) => (At: due * TimeSpan.NanosecondsPerTick, Timer: i)).Where(t => steps.Length > 0 && dues[t.Timer] <= now).OrderBy(t => t.At);
        return fired.SequenceEqual(expected) && timers.Length == dues.Length;
    }).QuickCheckThrowOnFailure();

    [Test]
    public void Timers_set_for_the_start_do_not_displace_one_another()
    {
        var fired = 0;
        using var one = _time.CreateTimer(_ => fired++, null, TimeSpan.Zero, TimeSpan.Zero);
        using var other = _time.CreateTimer(_ => fired++, null, TimeSpan.Zero, TimeSpan.Zero);
        _time.Advance(TimeSpan.Zero);
        Assert.That(fired, Is.EqualTo(2));
    }

    [Test]
    public void A_periodic_timer_fires_as_often_as_its_period_fits()
    {
        using var timer = Timer("tick", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.That(_fired, Is.EqualTo(new[] { "tick at 1", "tick at 3", "tick at 5" }));
    }

    [Test]
    public void A_timer_that_is_changed_fires_at_its_new_time_alone()
    {
        using var timer = Timer("one", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        Assert.That(timer.Change(TimeSpan.FromSeconds(4), Timeout.InfiniteTimeSpan));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(_fired, Is.EqualTo(new[] { "one at 4" }));
        Assert.That(timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.That(_fired, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_disposed_timer_never_fires()
    {
        var timer = Timer("one", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        timer.Dispose();
        Assert.That(timer.Change(TimeSpan.Zero, TimeSpan.Zero), Is.False);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(_fired, Is.Empty);
    }

    [Test]
    public void A_timer_that_is_due_at_once_fires_when_time_is_next_told_to_go_on()
    {
        using var timer = Timer("now", TimeSpan.Zero);
        Assert.That(_fired, Is.Empty);
        _time.Advance(TimeSpan.Zero);
        Assert.That(_fired, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_timer_set_by_another_fires_in_the_same_advance_when_it_falls_due()
    {
        using var first = _time.CreateTimer(_ => Timer("second", TimeSpan.FromSeconds(1)), null, TimeSpan.FromSeconds(1), TimeSpan.Zero);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(_fired, Is.EqualTo(new[] { "second at 2" }));
    }

    [Test]
    public void Delays_and_cancellations_of_the_framework_go_by_it()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), _time);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMinutes(2), _time);
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.That(delay.IsCompleted, Is.False);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.That(delay.IsCompletedSuccessfully);
        Assert.That(cancellation.IsCancellationRequested, Is.False);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.That(cancellation.IsCancellationRequested);
    }

    private ITimer Timer(string name, TimeSpan due, TimeSpan? period = null) =>
        _time.CreateTimer(state => _fired.Add($"{state} at {_time.Elapsed.TotalSeconds}"), name, due, period ?? Timeout.InfiniteTimeSpan);
}
