namespace Topology.Messaging.Tests;

/// <summary>How a link begins, ends and is lost; on a network in memory, on manual time.</summary>
public sealed class LinkLifeTests
{
    private static readonly LinkOptions Limits = new();

    [Test]
    public void Frames_wait_until_the_peer_has_said_hello_under_the_same_generation()
    {
        var workers = new SimulatedWorkers();
        var (a, b) = (workers.Add(1, 0xA), workers.Add(2, 0xB));
        a.Assign(3, b);
        Assert.That(a.TrySend(b, LinkConnection.Data, 1), Is.True);
        workers.Step(500);
        Assert.That(a.Handler.Events, Is.Empty);
        b.Assign(3, a);
        workers.Until(() => b.Handler.Frames.Count == 1);
        Assert.That((a.Handler.Events, b.Handler.Events), Is.EqualTo((new[] { "up 2" }, new[] { "up 1" })));
        Assert.That(a.CountersTo(b).Resent, Is.Zero, "It was sent before the peer could take it.");
    }

    [Test]
    public void The_handler_hears_of_a_generation_before_anything_of_it_and_not_of_one_that_never_came_to_be()
    {
        var workers = new SimulatedWorkers();
        var (a, b) = workers.Pair();
        workers.Until(() => b.Handler.Events.Contains("up 1"));
        a.Assign(2, b);
        a.Assign(3, b);
        b.Assign(3, a);
        workers.Until(() => b.Handler.Events.Count(told => told == "up 1") == 2);
        Assert.That(b.Handler.Generations, Is.EqualTo(new[] { (1UL, 0), (3UL, 1) }));
        Assert.That(a.Handler.Generations.Select(g => g.Generation), Is.EqualTo(new[] { 1UL, 3UL }));
    }

    [Test]
    public void A_silent_peer_is_lost_after_the_limit_and_not_before_and_once()
    {
        var workers = new SimulatedWorkers();
        var (a, b) = workers.Pair();
        workers.Step(50);
        b.IsFrozen = true;
        workers.Step(Limits.SilenceLimit - TimeSpan.FromMilliseconds(100));
        Assert.That(a.Handler.Losses, Is.Empty);
        workers.Step(2 * Limits.SilenceLimit);
        Assert.That(a.Handler.Losses.Select(lost => (lost.Peer.Worker, lost.Generation, lost.Reason)), Is.EqualTo(new[] { (2U, 1UL, LossReason.Silent) }));
        Assert.That(a.Log.Lines.Count(line => line.Contains("is lost", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(a.TrySend(b, LinkConnection.Data, 1), Is.True, "It is taken and dropped.");
        Assert.That(a.Outboxes.To(2, LinkConnection.Data).WaitingFrames, Is.Zero);
    }

    [Test]
    public void A_peer_that_never_says_hello_is_lost_after_its_own_limit()
    {
        var workers = new SimulatedWorkers();
        var (a, b) = (workers.Add(1, 0xA), workers.Add(2, 0xB));
        a.Assign(1, b);
        workers.Step(Limits.ConnectLimit - TimeSpan.FromMilliseconds(100));
        Assert.That(a.Handler.Losses, Is.Empty);
        workers.Step(200);
        Assert.That(a.Handler.Events, Is.EqualTo(new[] { "lost 2 NeverConnected" }));
    }

    [Test]
    public void Who_was_stopped_himself_holds_it_against_nobody()
    {
        var workers = new SimulatedWorkers();
        var (a, b) = workers.Pair();
        workers.Step(50);
        a.TrySend(b, LinkConnection.Data, 1);
        workers.Time.Advance(TimeSpan.FromMinutes(5));
        workers.Step(2_000);
        Assert.That(a.Handler.Losses.Concat(b.Handler.Losses), Is.Empty);
        Assert.That(b.Handler.Frames, Has.Count.EqualTo(1));
    }

    [Test]
    public void What_a_frozen_worker_sends_once_its_generation_is_over_is_refused_and_counted()
    {
        var workers = new SimulatedWorkers();
        var (a, b) = workers.Pair();
        var c = workers.Add(3, 0xC);
        for (uint i = 1; i <= 5; i++) a.TrySend(b, LinkConnection.Data, i);
        a.IsFrozen = true;
        b.Assign(2, c, a);
        c.Assign(2, b);
        workers.Step(20);
        a.IsFrozen = false;
        workers.Step(20);
        Assert.That(a.CountersTo(b).FramesSent, Is.EqualTo(5), "It knows of nothing.");
        Assert.That(b.Handler.Frames, Is.Empty);
        Assert.That(b.CountersTo(a).Refused[Refusal.OtherGeneration], Is.GreaterThanOrEqualTo(5));
        b.Assign(3, c);
        a.TrySend(b, LinkConnection.Data, 6);
        workers.Step(20);
        Assert.That(b.Links.Refused[Refusal.UnknownSender], Is.GreaterThan(0));
        Assert.That(b.Handler.Frames, Is.Empty);
    }

    [Test]
    public void A_frame_with_the_header_of_another_generation_is_not_sent_and_leaves_no_hole()
    {
        var workers = new SimulatedWorkers();
        var (a, b) = workers.Pair();
        var outbox = a.Outboxes.To(2, LinkConnection.Data);
        outbox.TrySend(NumberedFrame.Write(a.Buffers, outbox.Header with { Generation = 0 }, 1));
        a.TrySend(b, LinkConnection.Data, 2);
        workers.Until(() => b.Handler.Frames.Count == 1);
        workers.Step(50);
        Assert.That(b.Handler.NumbersFrom(1, LinkConnection.Data), Is.EqualTo(new uint[] { 2 }));
        Assert.That((a.CountersTo(b).Stale, b.CountersTo(a).AfterGaps, outbox.WaitingFrames), Is.EqualTo((1L, 0L, 0)));
    }

    [Test]
    public void Control_frames_pass_rows_that_saturate_the_link()
    {
        var workers = new SimulatedWorkers(options: Limits with { DataFramesPerTurn = 16 });
        var (a, b) = workers.Pair();
        b.IsFrozen = true;
        uint rows = 0;
        for (var i = 0; i < 400; i++)
        {
            if (a.TrySend(b, LinkConnection.Data, rows + 1)) rows++;
            workers.Step();
        }

        a.TrySend(b, LinkConnection.Control, 1);
        workers.Step();
        b.IsFrozen = false;
        workers.Until(() => b.Handler.Frames.Count == rows + 1);
        var place = b.Handler.Frames.ToList().FindIndex(frame => frame.Connection == LinkConnection.Control);
        Assert.That(place, Is.LessThanOrEqualTo(16), $"It waited behind {place} of {rows} frames of rows.");
        Assert.That(rows, Is.GreaterThan(64));
    }

    [Test]
    public void A_living_peer_that_acknowledges_nothing_is_lost_after_the_limit()
    {
        var workers = new SimulatedWorkers();
        var (a, b) = workers.Pair();
        a.TrySend(b, LinkConnection.Data, 1);
        for (var i = 0; i < 40_000 && a.Handler.Losses.Count == 0; i++)
        {
            workers.Network.Cut(line => line.Connection == LinkConnection.Data && line.From == a.Wire);
            workers.Step();
        }

        Assert.That(a.Handler.Losses.Select(lost => lost.Reason), Is.EqualTo(new[] { LossReason.Stalled }));
        Assert.That(b.Handler.Losses, Is.Empty, "It heard of its peer all the time.");
    }

    [Test]
    public void What_is_lost_with_either_connection_is_made_good_when_it_is_there_again_without_a_heartbeat()
    {
        var rare = Limits with { HeartbeatInterval = TimeSpan.FromHours(1), SilenceLimit = TimeSpan.FromHours(9), StallLimit = TimeSpan.FromHours(9) };
        foreach (var cut in new[] { LinkConnection.Data, LinkConnection.Control })
        {
            var workers = new SimulatedWorkers(options: rare);
            var (a, b) = workers.Pair();
            workers.Step(200);
            for (uint i = 1; i <= 40; i++) Assert.That(a.TrySend(b, LinkConnection.Data, i), Is.True);
            for (var i = 0; i < 60; i++)
            {
                // Whatever was put on these connections is on its way now, and never arrives.
                workers.Step();
                workers.Network.Cut(line => line.Connection == cut);
            }

            workers.Until(() => b.Handler.Frames.Count == 40 && a.Outboxes.To(2, LinkConnection.Data).WaitingFrames == 0, 500);
            Assert.That(workers.Network.Lost, Is.GreaterThan(0));
        }
    }

    [Test]
    public void A_frame_that_the_handler_refuses_or_fails_over_loses_the_link()
    {
        var workers = new SimulatedWorkers();
        var (a, b) = workers.Pair();
        a.Handler.Intercept = (_, _, _) => WireError.InvalidBatch;
        b.Handler.Intercept = (_, _, _) => throw new InvalidOperationException("broken");
        b.TrySend(a, LinkConnection.Data, 1);
        workers.Until(() => a.Handler.Losses.Count == 1);
        Assert.That(a.Handler.Losses[0].Reason, Is.EqualTo(LossReason.Undecodable));
        a.Assign(2, b);
        b.Assign(2, a);
        a.TrySend(b, LinkConnection.Control, 2);
        workers.Until(() => b.Handler.Losses.Count == 1);
        Assert.That((b.Handler.Losses[0].Reason, b.Handler.Losses[0].Error?.Message), Is.EqualTo((LossReason.HandlerFailed, "broken")));
    }

    [Test]
    public void Who_leaves_sends_all_first_and_its_peer_knows_that_it_left()
    {
        var workers = new SimulatedWorkers(faults: new() { Cut = 0.02 });
        var (a, b) = workers.Pair();
        for (uint i = 1; i <= 200; i++)
        {
            a.TrySend(b, LinkConnection.Data, i);
            a.TrySend(b, LinkConnection.Control, i);
        }

        a.Links.Leave();
        workers.Until(() => a.Links.IsLeaving && a.Links.AreSettled);
        Assert.That(b.Handler.Frames, Has.Count.EqualTo(400));
        Assert.That(b.Handler.Events, Is.EqualTo(new[] { "up 1", "left 1" }));
        a.IsFrozen = true;
        workers.Step(2 * Limits.SilenceLimit);
        Assert.That(b.Handler.Losses, Is.Empty, "Who said goodbye is not missed.");
    }

    [Test]
    public void Two_that_leave_at_once_wait_for_nobody()
    {
        var workers = new SimulatedWorkers();
        var (a, b) = workers.Pair();
        a.TrySend(b, LinkConnection.Data, 1);
        b.TrySend(a, LinkConnection.Data, 1);
        a.Links.Leave();
        b.Links.Leave();
        workers.Until(() => a.Links.AreSettled && b.Links.AreSettled && a.Links.IsLeaving, 200);
        Assert.That((a.Handler.Frames.Count, b.Handler.Frames.Count), Is.EqualTo((1, 1)));
    }

    [Test]
    public void A_full_outbox_refuses_and_tells_when_there_is_room()
    {
        var workers = new SimulatedWorkers(options: Limits with { KeptFrames = 8 });
        var (a, b) = workers.Pair();
        b.IsFrozen = true;
        uint sent = 0;
        while (a.TrySend(b, LinkConnection.Data, sent + 1)) sent++;
        workers.Step(100);
        Assert.That(a.TrySend(b, LinkConnection.Data, sent + 1), Is.False);
        Assert.That(sent, Is.EqualTo(8));
        Assert.That(a.Handler.Events, Does.Not.Contain("room 2 Data"));
        b.IsFrozen = false;
        workers.Until(() => a.Handler.Events.Contains("room 2 Data"));
        Assert.That(a.TrySend(b, LinkConnection.Data, sent + 1), Is.True);
        Assert.That(a.Handler.Events.Count(told => told == "room 2 Data"), Is.EqualTo(1));
    }

    [Test]
    public void Whoever_waits_for_room_is_told_when_the_link_is_lost_or_replaced()
    {
        foreach (var end in new Action<SimulatedWorkers, SimulatedWorker>[] { (workers, _) => workers.Step(2 * Limits.SilenceLimit), (_, a) => a.Assign(2) })
        {
            var workers = new SimulatedWorkers(options: Limits with { KeptFrames = 8 });
            var (a, b) = workers.Pair();
            var outbox = a.Outboxes.To(2, LinkConnection.Data);
            b.IsFrozen = true;
            while (a.TrySend(b, LinkConnection.Data, 1))
            {
            }

            end(workers, a);
            workers.Step(2);
            Assert.That(a.Handler.Events, Does.Contain("room 2 Data"));
            Assert.That((outbox.IsClosed, outbox.WaitingFrames), Is.EqualTo((true, 0)));
        }
    }

    [Test]
    public void Credits_are_repeated_so_that_a_lost_grant_heals()
    {
        var workers = new SimulatedWorkers();
        var (a, b) = workers.Pair();
        a.Handler.Repeated = [new(new(5, 6), 100, 10_000)];
        workers.Step(Limits.HeartbeatInterval + TimeSpan.FromMilliseconds(10));
        Assert.That(b.Handler.Credits, Does.Contain(new Credit(new(5, 6), 100, 10_000)));
        var before = b.Handler.Credits.Count;
        a.Handler.Repeated = [new(new(5, 6), 200, 20_000)];
        workers.Network.Cut(_ => true);
        workers.Step(20);
        Assert.That(b.Handler.Credits.Skip(before), Does.Contain(new Credit(new(5, 6), 200, 20_000)), "The hello of a new connection has them too.");
    }

    [Test]
    public void An_idle_link_sends_two_heartbeats_an_interval_and_nothing_else()
    {
        var workers = new SimulatedWorkers();
        var (a, b) = workers.Pair();
        workers.Step(2_000);
        var before = a.Handler.Beats;
        workers.Step(TimeSpan.FromSeconds(10));
        Assert.That(a.Handler.Beats - before, Is.InRange(9, 11));
        Assert.That(a.Links.HasWork, Is.False);
        Assert.That(a.Links.Rest, Is.GreaterThan(TimeSpan.Zero).And.LessThanOrEqualTo(Limits.HeartbeatInterval));
        Assert.That(b.Links.Counters.Single().Resent, Is.Zero);
    }

    [Test]
    public void Sets_in_which_frames_cannot_be_told_apart_are_refused()
    {
        var workers = new SimulatedWorkers();
        var a = workers.Add(1, 0xA);
        LinkPeer Peer(uint worker, ulong incarnation) => new(worker, incarnation, "memory://d", "memory://c");
        PeerSet[] wrong =
        [
            new(0, []), new(5, [Peer(1, 0xB)]), new(5, [Peer(2, 0xA)]), new(5, [Peer(2, 0)]), new(5, [Peer(2, 0xB), Peer(3, 0xB)]), new(5, [Peer(2, 0xB), Peer(2, 0xC)]),
        ];
        foreach (var set in wrong) Assert.That(() => a.Links.Assign(set), Throws.ArgumentException);
        a.Links.Assign(new(5, [Peer(2, 0xB)]));
        Assert.That(() => a.Links.Assign(new(5, [])), Throws.ArgumentException.With.Message.Contain("not higher"));
    }
}
