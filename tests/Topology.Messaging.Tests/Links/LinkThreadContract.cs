namespace Topology.Messaging.Tests;

/// <summary>What two link threads with real sockets promise, over whatever transport.</summary>
public abstract class LinkThreadContract : ZmqFixture
{
    /// <summary>Heartbeats so far apart that nothing goes on by them: a thread that is not woken stays asleep.</summary>
    private protected static readonly LinkOptions NoHeartbeats = new() { HeartbeatInterval = TimeSpan.FromHours(1), SilenceLimit = TimeSpan.FromHours(10), StallLimit = TimeSpan.FromHours(10) };

    private static readonly LinkConnection[] Connections = [LinkConnection.Data, LinkConnection.Control];

    private protected abstract LinkedWorker Start(uint number, ulong incarnation, LinkOptions options, TimeProvider? time = null, ILinkHandler? handler = null);

    private protected (LinkedWorker A, LinkedWorker B) Pair(LinkOptions options, TimeProvider? time = null)
    {
        var (a, b) = (Use(Start(1, 0xA1, options, time)), Use(Start(2, 0xB1, options, time)));
        a.Assign(1, b.AsPeer());
        b.Assign(1, a.AsPeer());
        AwaitUp(a, "up 2", time as ManualClock);
        AwaitUp(b, "up 1", time as ManualClock);
        return (a, b);
    }

    // A hello that came before the peer was assigned is refused, and said again after a while, for which time has to pass.
    private static void AwaitUp(LinkedWorker worker, string told, ManualClock? time)
    {
        var step = TimeSpan.FromMilliseconds(10);
        for (var left = Long; time is not null && left > TimeSpan.Zero && !worker.Handler.HasEvent(told, step); left -= step) time.Advance(step);
        worker.Handler.AwaitEvent(told);
    }

    [Test]
    public void Frames_go_both_ways_on_both_connections_in_order()
    {
        const uint Frames = 2_000;
        var (a, b) = Pair(NoHeartbeats);
        for (uint i = 1; i <= Frames; i++)
            foreach (var connection in Connections)
            {
                a.Send(2, connection, i);
                b.Send(1, connection, i);
            }

        foreach (var (worker, from) in new[] { (a, 2U), (b, 1U) })
        {
            worker.Handler.AwaitFrames(2 * (int)Frames);
            foreach (var connection in Connections)
                Assert.That(worker.Handler.NumbersFrom(from, connection), Is.EqualTo(Enumerable.Range(1, (int)Frames).Select(i => (uint)i)), $"to {worker.Me.Worker} {connection}");
        }

        var counters = a.CountersTo(b);
        Assert.That((counters.From, counters.To, counters.FramesSent, counters.FramesReceived), Is.EqualTo((1U, 2U, 2L * Frames, 2L * Frames)));
        Assert.That((counters.Resent, counters.Reconnects, counters.Refused.Total, a.Thread.Refused.Total), Is.EqualTo((0L, 0L, 0L, 0L)));
        Assert.That(counters.BytesSent, Is.GreaterThan(2 * Frames * 160));
    }

    [Test]
    public void A_parked_thread_is_woken_by_each_frame()
    {
        var (a, b) = Pair(NoHeartbeats);
        for (uint i = 1; i <= 200; i++)
        {
            a.Send(2, LinkConnection.Data, i);
            b.Handler.AwaitFrames((int)i);
        }
    }

    [Test]
    public void What_was_handed_over_before_the_end_arrives_and_goodbye_is_acknowledged()
    {
        var (a, b) = Pair(NoHeartbeats);
        for (uint i = 1; i <= 1_000; i++) a.Send(2, LinkConnection.Data, i);
        Assert.That(a.Thread.Close(Long), Is.True);
        b.Handler.AwaitEvent("left 1");
        Assert.That(b.Handler.Frames, Has.Count.EqualTo(1_000));
        Assert.That(b.Thread.Close(Long), Is.True, "Its peer has left: there is nobody to wait for.");
        Assert.That(a.Thread.Error ?? b.Thread.Error, Is.Null);
    }

    [Test]
    public void A_goodbye_that_nobody_answers_is_waited_for_no_longer_than_the_limit()
    {
        var time = new ManualClock();
        var (a, b) = Pair(NoHeartbeats, time);
        using var thaw = new ManualResetEventSlim();
        b.Handler.Intercept = (_, _, _) => Wait(thaw);
        a.Send(2, LinkConnection.Data, 1);
        var closing = Task.Run(() => a.Thread.Close(TimeSpan.FromSeconds(5)));
        while (!closing.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(10));
            Thread.Yield();
        }

        Assert.That(closing.Result, Is.False);
        thaw.Set();
    }

    [Test]
    public void A_frozen_peer_is_lost_after_the_limit_and_what_it_sends_later_is_refused()
    {
        var time = new ManualClock();
        var (a, b) = Pair(new(), time);
        using var thaw = new ManualResetEventSlim();
        b.Handler.Intercept = (_, _, _) => Wait(thaw);
        a.Send(2, LinkConnection.Data, 1);
        for (var second = 1; second < 9; second++)
        {
            var beats = a.Handler.Beats;
            time.Advance(TimeSpan.FromSeconds(1));
            a.Handler.Await(handler => handler.Beats > beats);
        }

        Assert.That(a.Handler.Losses, Is.Empty);
        while (a.Handler.Losses.Count == 0)
        {
            time.Advance(TimeSpan.FromMilliseconds(10));
            Thread.Yield();
        }

        Assert.That(a.Handler.Losses[0].Reason, Is.EqualTo(LossReason.Silent));

        for (uint i = 2; i < 10; i++) b.Send(1, LinkConnection.Data, i);
        var before = a.Handler.Beats;
        a.Assign(2, b.AsPeer());
        a.Handler.Await(handler => handler.Beats > before);
        thaw.Set();
        Assert.That(SpinWait.SpinUntil(() => a.CountersTo(b).Refused[Refusal.OtherGeneration] >= 8, Long), Is.True);
        Assert.That(a.Handler.Frames, Is.Empty);
        Assert.That(a.Handler.Losses, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_peer_that_is_replaced_is_not_mistaken_for_its_successor()
    {
        var (a, b) = Pair(NoHeartbeats);
        var successor = Use(Start(2, 0xB2, NoHeartbeats));
        successor.Assign(2, a.AsPeer());
        a.Assign(2, successor.AsPeer());
        successor.Handler.AwaitEvent("up 1");
        b.Send(1, LinkConnection.Data, 66);
        successor.Send(1, LinkConnection.Data, 1);
        a.Send(2, LinkConnection.Data, 2);
        a.Handler.AwaitFrames(1);
        successor.Handler.AwaitFrames(1);
        Assert.That(SpinWait.SpinUntil(() => a.Thread.Refused[Refusal.UnknownSender] > 0, Long), Is.True);
        Assert.That(a.Handler.NumbersFrom(2, LinkConnection.Data), Is.EqualTo(new uint[] { 1 }));
        Assert.That(b.Handler.Frames, Is.Empty);
    }

    [Test]
    public void An_error_in_the_handler_is_reported_and_ends_the_thread_in_order()
    {
        var failing = new FailingHandler();
        var a = Use(Start(1, 0xA1, NoHeartbeats, handler: failing));
        var b = Use(Start(2, 0xB1, NoHeartbeats));
        a.Assign(1, b.AsPeer());
        b.Assign(1, a.AsPeer());
        Assert.That(failing.Lost.Task.Wait(Long), Is.True);
        Assert.That(failing.Lost.Task.Result.Reason, Is.EqualTo(LossReason.ThreadFailed));
        Assert.That(a.Thread.Close(Long), Is.False);
        Assert.That(a.Thread.Error, Is.TypeOf<InvalidOperationException>());
    }

    [Test]
    public void Neither_thread_allocates_for_a_frame()
    {
        var (there, here) = (new MeasuringHandler(), new MeasuringHandler());
        var a = Use(Start(1, 0xA1, NoHeartbeats, handler: here));
        var b = Use(Start(2, 0xB1, NoHeartbeats, handler: there));
        a.Assign(1, b.AsPeer());
        b.Assign(1, a.AsPeer());
        var writer = new FrameWriter(a.Buffers);
        var answers = new FrameWriter(b.Buffers);
        var message = new byte[160];
        var data = a.Outboxes.To(2, LinkConnection.Data);
        var back = b.Outboxes.To(1, LinkConnection.Data);
        void SendOne()
        {
            foreach (var (frames, outbox) in ((FrameWriter, Outbox)[])[(writer, data), (answers, back)])
            {
                frames.Begin(outbox.Header);
                frames.WriteAcks(1, 0, message, []);
                var frame = frames.Finish();
                while (!outbox.TrySend(frame)) Thread.Yield();
            }
        }

        const int Warm = 12_000, Measured = 4_000;
        foreach (var handler in new[] { there, here }) handler.Measure(Warm, Warm + Measured);
        for (var i = 0; i < Warm + Measured; i++) SendOne();
        foreach (var handler in new[] { there, here })
        {
            Assert.That(handler.Done.Task.Wait(Long), Is.True);
            Assert.That(handler.Done.Task.Result, Is.Zero, "bytes");
        }
    }

    [Test]
    [Platform("Linux")]
    public void Threads_that_ended_leave_no_descriptor_and_no_file()
    {
        Round();
        var before = Descriptors();
        for (var i = 0; i < 5; i++) Round();
        Assert.That(SpinWait.SpinUntil(() => Descriptors() <= before, Long), Is.True, $"{Descriptors() - before} more descriptors than before.");
        RequireNoFiles();
    }

    private protected virtual void RequireNoFiles()
    {
    }

    private static WireError Wait(ManualResetEventSlim thaw)
    {
        thaw.Wait(Long);
        return WireError.None;
    }

    private static int Descriptors() => Directory.EnumerateFileSystemEntries("/proc/self/fd").Count();

    private void Round()
    {
        using var a = Start(1, 0xA1, NoHeartbeats);
        using var b = Start(2, 0xB1, NoHeartbeats);
        a.Assign(1, b.AsPeer());
        b.Assign(1, a.AsPeer());
        a.Send(2, LinkConnection.Data, 1);
        b.Handler.AwaitFrames(1);
    }
}
