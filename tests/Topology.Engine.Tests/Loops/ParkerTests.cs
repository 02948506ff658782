namespace Topology.Engine.Tests;

[TestFixture(typeof(MonitorParker))]
[TestFixture(typeof(FutexParker))]
internal sealed class ParkerTests<TParker>
    where TParker : Parker, new()
{
    /// <summary>A thread that is not woken sleeps for so long that the test has failed by then.</summary>
    private const long Forever = 300_000_000_000;

    [SetUp]
    public void Skip_what_the_system_has_not()
    {
        if (typeof(TParker) == typeof(FutexParker) && !FutexParker.IsSupported) Assert.Ignore("Only Linux has futexes.");
    }

    [Test]
    public void Nobody_sleeps_while_there_is_work()
    {
        var parker = new TParker();
        parker.Park(Forever, () => true);
        Assert.That(parker.IsParked, Is.False);
    }

    [Test]
    public void A_wake_up_that_nobody_waited_for_is_not_kept()
    {
        var parker = new TParker();
        parker.Unpark();
        Assert.That(parker.IsParked, Is.False);
        // It would otherwise return at once, and a loop would spin.
        parker.Park(1_000, () => false);
        Assert.That(parker.IsParked, Is.False);
    }

    [Test]
    public void A_pause_ends_although_nobody_wakes()
    {
        var parker = new TParker();
        parker.Pause(1_000);
        Assert.That(parker.IsParked, Is.False);
    }

    /// <summary>Whoever was woken before it slept does not sleep.</summary>
    [Test]
    public void A_wake_up_between_the_announcement_and_the_sleep_counts()
    {
        var parker = new TParker();
        parker.Park(Forever, () =>
        {
            parker.Unpark();
            return false;
        });
        Assert.That(parker.IsParked, Is.False);
    }

    /// <summary>One thread hands over work and waits until it is taken, the other sleeps whenever there is none.</summary>
    [Test]
    public void No_wake_up_is_lost()
    {
        const int Rounds = 30_000;
        var (worker, giver) = (new TParker(), new TParker());
        var (given, taken) = (0, 0);
        var sleeper = new Thread(() =>
        {
            while (Volatile.Read(ref taken) < Rounds)
            {
                if (Volatile.Read(ref given) == taken)
                {
                    worker.Park(Forever, () => Volatile.Read(ref given) != taken);
                    continue;
                }

                Interlocked.Increment(ref taken);
                giver.Unpark();
            }
        })
        { IsBackground = true };
        var waker = new Thread(() =>
        {
            for (var i = 1; i <= Rounds; i++)
            {
                Interlocked.Increment(ref given);
                worker.Unpark();
                while (Volatile.Read(ref taken) != i) giver.Park(Forever, () => Volatile.Read(ref taken) == i);
            }
        })
        { IsBackground = true };
        sleeper.Start();
        waker.Start();
        Assert.That(waker.Join(TimeSpan.FromMinutes(1)) && sleeper.Join(TimeSpan.FromMinutes(1)), Is.True, () => $"Both sleep after {taken} of {Rounds} rounds.");
    }
}
