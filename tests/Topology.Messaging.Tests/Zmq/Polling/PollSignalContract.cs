namespace Topology.Messaging.Tests;

/// <summary>What holds of every kind of signal.</summary>
public abstract class PollSignalContract : ZmqFixture
{
    private PollSignal _signal = null!;
    private NetMQPoller _poller = null!;

    [SetUp]
    public void Make()
    {
        _signal = New();
        _poller = new();
        _poller.Add(_signal);
    }

    [TearDown]
    public void DisposeBoth()
    {
        _poller.Dispose();
        _signal.Dispose();
    }

    [Test]
    public void A_signal_ends_a_poll_until_it_is_drained()
    {
        Assert.That(_poller.Poll(TimeSpan.Zero), Is.Zero);
        _signal.Signal();
        Assert.That(_poller.Poll(Long), Is.EqualTo(1));
        Assert.That(_poller.Poll(Long), Is.EqualTo(1));
        Assert.That(_poller.ReadyOf(_signal.Descriptor), Is.EqualTo(PollEvents.In));
        Assert.That(SpinWait.SpinUntil(DrainAndLook, Long), Is.True);
    }

    [Test]
    public void Many_signals_are_drained_as_one()
    {
        for (var i = 0; i < 200; i++) _signal.Signal();
        Assert.That(SpinWait.SpinUntil(DrainAndLook, Long), Is.True);
        Assert.That(_signal.Drain, Throws.Nothing);
    }

    [Test]
    public void More_signals_than_any_buffer_holds_keep_nobody_waiting() => TwoThreads.Run(
        () =>
        {
            for (var i = 0; i < 300_000; i++) _signal.Signal();
        },
        () => { });

    /// <summary>The protocol: say that one parks, look once more, poll; who publishes signals only a parked thread.</summary>
    [Test]
    public void A_parked_thread_misses_no_wake_up()
    {
        const int Rounds = 3_000;
        var published = 0;
        var isParked = 0;
        TwoThreads.Run(
            () =>
            {
                for (var seen = 0; seen < Rounds; seen = Volatile.Read(ref published))
                {
                    Interlocked.Exchange(ref isParked, 1);
                    if (Volatile.Read(ref published) == seen && _poller.Poll(Long) == 0) Assert.Fail("A wake-up was lost.");
                    Interlocked.Exchange(ref isParked, 0);
                    _signal.Drain();
                }
            },
            () =>
            {
                for (var i = 1; i <= Rounds; i++)
                {
                    Interlocked.Exchange(ref published, i);
                    if (Interlocked.Exchange(ref isParked, 0) == 1) _signal.Signal();
                    if (i % 3 == 0) Thread.Yield();
                }
            });
    }

    private bool DrainAndLook()
    {
        _signal.Drain();
        return _poller.Poll(TimeSpan.Zero) == 0;
    }

    private protected abstract PollSignal New();
}
