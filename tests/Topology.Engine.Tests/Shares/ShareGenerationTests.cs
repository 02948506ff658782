using Topology.Messaging;

namespace Topology.Engine.Tests;

/// <summary>Generations of shares: workers and links are lost, and what lives on goes on.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ShareGenerationTests
{
    // Whatever counts as an attempt gives the record up.
    private static readonly ReplayPolicy Once = new() { MaxAttempts = 1, MaxTimeouts = 1 };

    private readonly Dictionary<(string Spout, long Number), int> _seen = [];
    private readonly Dictionary<long, int> _acked = [];
    private bool _isOpen = true;

    [Test]
    public void Every_record_arrives_whoever_is_lost_and_credit_lasts_for_many_generations([Range(1, 10)] int seed, [Values(1, 2)] int loops)
    {
        const int Count = 4_000;
        const int Losses = 40;
        var random = new Random(seed);
        var group = new ShareGroup(
            topology =>
            {
                topology.Options = topology.Options with { EventLoops = loops, ChannelCapacity = 8, MaxSpoutPending = 64, Ackers = 2, PositionInterval = TimeSpan.FromMilliseconds(1) };
                topology.SetSpout("kept", () => new RecordSpout(Count, Once) { IsOpen = () => _isOpen, WasAcked = number => _acked[number] = _acked.GetValueOrDefault(number) + 1 });
                topology.SetSpout("replaced", () => new RecordSpout(Count, Once) { IsOpen = () => _isOpen });
                topology.SetBolt("relay", HoldingRelay, 3).TickEvery(TimeSpan.FromMilliseconds(2)).ShuffleGrouping("kept").ShuffleGrouping("replaced");
                topology.SetBolt("sink", () => new InlineBolt((tuple, output) =>
                {
                    var key = (tuple[0].AsString(), tuple[1].AsInt64());
                    _seen[key] = _seen.GetValueOrDefault(key) + 1;
                    output.Ack(tuple);
                }), 2).FieldsGrouping("relay", "number");
            },
            3,
            new() { ["kept"] = [0], ["replaced"] = [1], ["relay"] = [0, 1, 2], ["sink"] = [1, 2] },
            seed,
            new MemoryFaults { Delivery = random.Next(2) == 0 ? 0.2 : 0.8 },
            ackerPlaces: [0, 1]).Start();

        for (var loss = 0; loss < Losses; loss++)
        {
            group.Steps(random.Next(40));
            int[] lost = random.Next(4) switch { 0 => [1], 1 => [2], 2 => [1, 2], _ => [] };
            group.Recover(lost.Length == 0 ? FailKind.LinkLost : FailKind.WorkerLost, lost);
        }

        Assert.That(_acked, Has.Count.LessThan(Count), "A run that is over before the losses shows nothing.");
        _isOpen = false;
        group.Until(() => group.Runs.All(ShareGroup.IsExhausted), "the spouts to end");
        foreach (var gate in group.Members.SelectMany(member => GatesOf(member.Worker)))
        {
            gate.Refresh();
            Assert.That(gate.Available, Is.EqualTo(8), "Nothing is on its way, so all credit is back.");
        }

        group.Finish();

        Assert.That(_seen, Has.Count.EqualTo(2 * Count));
        Assert.That(_seen.Values.Max(), Is.GreaterThan(1), "Where nothing came twice nothing was lost.");
        Assert.That(_acked, Has.Count.EqualTo(Count));
        Assert.That(_acked.Values, Is.All.EqualTo(1), "Its spout has lived all the time.");
        var kept = group.Members[0].Run.Completion.Result.Metrics["kept"];
        Assert.That((kept.DeadLetters, kept.Lost), Is.EqualTo((0L, 0L)));
        Assert.That(kept.FailedByReason.Keys, Is.EquivalentTo(new[] { FailKind.WorkerLost, FailKind.LinkLost }));
        Assert.That(group.Runs.Sum(run => run.Errors.Length), Is.Zero);
    }

    [Test]
    public void A_channel_has_its_whole_window_in_each_generation_and_no_more([Values(1, 2)] int loops, [Values] bool isReceiverBusy)
    {
        const int Window = 30;
        var group = new ShareGroup(
            topology =>
            {
                topology.Options = topology.Options with { EventLoops = loops, ChannelCapacity = Window };
                topology.SetSpout("numbers", () => new RecordSpout(1_000_000, Once));
                topology.SetBolt("sink", () => new InlineBolt((tuple, output) => output.Ack(tuple))).ShuffleGrouping("numbers");
            },
            2,
            new() { ["numbers"] = [0], ["sink"] = [1] },
            faults: MemoryFaults.None).Start();
        var (sender, receiver) = (group.Members[0], group.Members[1]);
        for (var generation = 0; generation < 20; generation++)
        {
            group.Steps(generation * 3);
            receiver.LoopsStandStill = true;
            group.Steps(50);
            if (!isReceiverBusy)
            {
                receiver.LoopsStandStill = false;
                group.Steps(3);
                receiver.LoopsStandStill = true;
            }

            var emitted = sender.Run.Metrics["numbers"].Emitted;
            group.Recover(FailKind.LinkLost);
            group.Steps(50);
            // What it had not sent when the link was lost is sent in the new generation, and has its credit from that.
            Assert.That(sender.Run.Metrics["numbers"].Emitted - emitted, Is.InRange(Window - 1, Window + 1), $"generation {generation}");
            receiver.LoopsStandStill = false;
            group.Until(() => sender.Run.Metrics["numbers"].Emitted > emitted + (5 * Window), "credit");
        }
    }

    [Test]
    public void What_is_said_late_about_trees_of_a_generation_that_is_over_has_no_effect()
    {
        const int Count = 200;
        var held = new List<HeldTuple>();
        var holds = true;
        BoltOutput? output = null;
        var group = new ShareGroup(
            topology =>
            {
                topology.Options = topology.Options with { MaxSpoutPending = 16 };
                topology.SetSpout("numbers", () => new RecordSpout(Count, Once) { WasAcked = number => _acked[number] = _acked.GetValueOrDefault(number) + 1 });
                topology.SetBolt("sink", () => new InlineBolt((tuple, to) =>
                {
                    output = to;
                    if (holds) held.Add(to.Hold(tuple));
                    else to.Ack(tuple);
                })).ShuffleGrouping("numbers");
            },
            2,
            new() { ["numbers"] = [0], ["sink"] = [1] }).Start();
        group.Until(() => held.Count == 16, "the trees of the first generation");
        group.Recover(FailKind.LinkLost);
        group.Until(() => held.Count == 32, "the same again");
        foreach (var tuple in held.Take(16)) output!.Ack(tuple);
        group.Members[1].Worker.WakeAll();
        group.Until(() => group.Members[0].Run.Metrics.LateAckMessages == 16, "the late acks");
        Assert.That(_acked, Is.Empty);
        Assert.That(group.Members[0].Run.Status.Pending, Is.GreaterThanOrEqualTo(16));

        holds = false;
        foreach (var tuple in held.Skip(16)) output!.Ack(tuple);
        group.Members[1].Worker.WakeAll();
        group.Finish();
        Assert.That(_acked, Has.Count.EqualTo(Count));
        Assert.That(_acked.Values, Is.All.EqualTo(1));
    }

    [Test]
    public void What_is_said_late_about_trees_of_a_spout_that_died_takes_no_room_from_those_of_its_successor([Range(1, 8)] int seed)
    {
        const int Count = 200;
        var held = new List<HeldTuple>();
        var holds = true;
        BoltOutput? output = null;
        var group = new ShareGroup(
            topology =>
            {
                topology.Options = topology.Options with { MaxSpoutPending = 16 };
                topology.SetSpout("numbers", () => new RecordSpout(Count, Once) { WasAcked = number => _acked[number] = 1 });
                topology.SetBolt("sink", () => new InlineBolt((tuple, to) =>
                {
                    output = to;
                    if (holds) held.Add(to.Hold(tuple));
                    else to.Ack(tuple);
                })).ShuffleGrouping("numbers");
            },
            2,
            new() { ["numbers"] = [0], ["sink"] = [1] },
            seed).Start();
        group.Until(() => held.Count == 16, "the trees of the first incarnation");
        group.Recover(FailKind.WorkerLost, 0);
        group.Members[0].LoopsStandStill = true;
        for (var i = 0; i < 16; i++)
        {
            if (i % 2 == 0) output!.Ack(held[i]);
            else output!.Fail(held[i]);
        }

        holds = false;
        group.Members[1].Worker.WakeAll();
        group.Steps(200);
        group.Members[0].LoopsStandStill = false;
        group.Finish();
        Assert.That(_acked, Has.Count.EqualTo(Count));
        var numbers = group.Members[0].Run.Completion.Result.Metrics["numbers"];
        Assert.That((numbers.Acked, numbers.Failed), Is.EqualTo(((long)Count, 0L)));
        Assert.That(group.Members[0].Run.Metrics.LateAckMessages, Is.EqualTo(16));
    }

    [Test]
    public void A_worker_that_does_not_get_on_holds_no_others_up_in_the_new_generation([Range(1, 6)] int seed)
    {
        const int Count = 2_000;
        var group = new ShareGroup(
            topology =>
            {
                topology.Options = topology.Options with { ChannelCapacity = 10, MaxSpoutPending = 100 };
                topology.SetSpout("busy", () => new RecordSpout(Count, Once));
                topology.SetBolt("slow", () => new InlineBolt(
                    (tuple, output) =>
                    {
                        output.Emit(tuple, "slow", tuple[0]);
                        output.Ack(tuple);
                    },
                    "spout", "number")).ShuffleGrouping("busy");
                topology.SetBolt("sink", () => new InlineBolt((tuple, output) =>
                {
                    _seen[("slow", tuple[1].AsInt64())] = 1;
                    output.Ack(tuple);
                })).ShuffleGrouping("slow");
                topology.SetSpout("other", () => new RecordSpout(Count, Once) { WasAcked = number => _acked[number] = 1 });
                topology.SetBolt("end", () => new InlineBolt((tuple, output) => output.Ack(tuple))).ShuffleGrouping("other");
            },
            3,
            new() { ["busy"] = [0], ["slow"] = [1], ["sink"] = [2], ["other"] = [0], ["end"] = [2] },
            seed).Start();
        group.Steps(30 + seed);
        // Its executors are somewhere within what they do, with half-written frames perhaps.
        group.Members[1].LoopsStandStill = true;
        group.Recover(FailKind.WorkerLost, 2);
        group.Until(() => _acked.Count == Count, "what does not need the slow one");
        group.Members[1].LoopsStandStill = false;
        group.Finish();
        Assert.That(_seen, Has.Count.EqualTo(Count));
    }

    [Test]
    public void Failing_what_is_pending_is_harmless_at_any_time_and_twice()
    {
        const int Count = 2_000;
        var group = new ShareGroup(
            topology =>
            {
                topology.Options = topology.Options with { ChannelCapacity = 10, MaxSpoutPending = 100 };
                topology.SetSpout("numbers", () => new RecordSpout(Count, Once) { WasAcked = number => _acked[number] = _acked.GetValueOrDefault(number) + 1 });
                topology.SetBolt("sink", () => new InlineBolt((tuple, output) => output.Ack(tuple)), 2).ShuffleGrouping("numbers");
            },
            2,
            new() { ["numbers"] = [0], ["sink"] = [0, 1] });
        FailAll();
        FailAll();
        group.Connect();
        FailAll();
        foreach (var run in group.Runs) _ = run.PrepareAsync();
        FailAll();
        group.Start();
        group.Steps(60);
        FailAll();
        FailAll();
        Assert.That(group.Runs.Select(run => run.IsUp), Is.All.False);
        group.Steps(100);
        Assert.That(group.Runs.Select(run => run.Status.IsActive), Is.All.False);
        group.Start();
        group.Until(() => _acked.Count > 500, "some trees");

        foreach (var run in group.Runs) run.EndSpouts();
        FailAll();
        group.Until(() => group.Runs.All(ShareGroup.IsExhausted), "the end of the spouts");
        FailAll();
        group.Steps(20);
        Assert.That(_acked.Values, Is.All.EqualTo(1));
        Assert.That(_acked, Has.Count.LessThan(Count));
        Assert.That(group.Positions.Read(new PositionKey("test", "numbers", 0))!.Value.Position.Number, Is.LessThanOrEqualTo(_acked.Count));
        foreach (var run in group.Runs) _ = run.StopAsync(TimeSpan.Zero);
        group.Until(() => group.Runs.All(run => run.Completion.IsCompleted), "the end");
        FailAll();
        Assert.That(group.Runs.Sum(run => run.Metrics["numbers"].DeadLetters + run.Errors.Length), Is.Zero);

        void FailAll()
        {
            foreach (var run in group.Runs) run.FailPending(FailKind.LinkLost);
        }
    }

    [Test]
    public void Who_is_told_early_of_a_generation_takes_what_comes_of_it_before_it_is_connected([Range(1, 5)] int seed)
    {
        const int Count = 500;
        var group = new ShareGroup(
            topology =>
            {
                topology.Options = topology.Options with { ChannelCapacity = 10 };
                topology.SetSpout("numbers", () => new RecordSpout(Count, Once) { WasAcked = number => _acked[number] = _acked.GetValueOrDefault(number) + 1 });
                topology.SetBolt("sink", () => new InlineBolt((tuple, output) => output.Ack(tuple))).ShuffleGrouping("numbers");
            },
            2,
            new() { ["numbers"] = [0], ["sink"] = [1] },
            seed).Start();
        group.Steps(40);
        foreach (var run in group.Runs) run.FailPending(FailKind.LinkLost);
        group.NextGeneration();
        var (spout, sink) = (group.Members[0], group.Members[1]);
        group.Connect(spout);
        var table = sink.Links.Assign(group.PeersOf(sink));
        spout.Run.SetActive(true);
        group.Steps(100);
        Assert.That(sink.Run.IsUp, Is.False);
        sink.Run.Connect(table, sink.Resources);
        group.Until(() => sink.Run.IsUp && spout.Run.IsUp, "hellos");
        group.SetActive(true);
        group.Finish();
        Assert.That(_acked, Has.Count.EqualTo(Count));
        Assert.That(group.Members.SelectMany(member => member.Lost), Is.Empty);
    }

    [Test]
    public void A_loss_in_the_middle_of_the_end_is_got_over_by_fresh_runs([Range(1, 6)] int seed)
    {
        const int Count = 500;
        var finished = new List<int>();
        var group = new ShareGroup(
            topology =>
            {
                topology.Options = topology.Options with { ChannelCapacity = 10 };
                topology.SetSpout("numbers", () => new RecordSpout(Count, Once));
                topology.SetBolt("relay", () => new InlineBolt((tuple, output) =>
                {
                    output.Emit(tuple, tuple[0]);
                    output.Ack(tuple);
                }, "number")
                { Finished = output => output.Emit(Anchor.None, -1) }, 2).ShuffleGrouping("numbers");
                topology.SetBolt("sink", () =>
                {
                    var ends = 0;
                    return new InlineBolt((tuple, output) =>
                    {
                        if (tuple[0].AsInt64() < 0) ends++;
                        output.Ack(tuple);
                    })
                    { Finished = _ => finished.Add(ends) };
                }).GlobalGrouping("relay");
            },
            2,
            new() { ["numbers"] = [0], ["relay"] = [0, 1], ["sink"] = [1] },
            seed).Start();
        group.Until(() => group.Runs.All(ShareGroup.IsExhausted), "the spout to end");
        group.Members[0].Run.Finish();
        group.Steps(seed * 10);
        var old = group.Members[0].Run;
        _ = old.DisposeAsync().AsTask();
        group.Until(() => old.Completion.IsCompleted, "the end of the half-finished");
        // Worker 1 was not told to finish, and lives on; the other's process does, with a new run.
        group.Members[1].Run.FailPending(FailKind.LinkLost);
        group.Members[0].Renew(group);
        group.Start();
        group.Until(() => group.Runs.All(ShareGroup.IsExhausted), "the spout to end again");
        group.Members[1].Run.Finish();
        group.Steps(300);
        Assert.That(finished, Is.Empty, "What was said of an end in the old generation counts for nothing.");
        group.Finish();
        Assert.That(finished, Has.Count.EqualTo(1));
        Assert.That(finished[0], Is.GreaterThanOrEqualTo(2));
    }

    private static IEnumerable<CreditGate> GatesOf(Worker worker) =>
        worker.Spouts.SelectMany(spout => spout.Tasks).Select(task => task.Emitter)
            .Concat(worker.Bolts.SelectMany(bolt => bolt.Tasks).Select(task => task.Emitter))
            .SelectMany(emitter => emitter.Streams).SelectMany(stream => stream.Routers).SelectMany(router => router.Targets).Select(target => target.Gate);

    private InlineBolt HoldingRelay()
    {
        var held = new List<HeldTuple>();
        return new InlineBolt(
            (tuple, output) =>
            {
                if (tuple.IsTick)
                {
                    foreach (var one in held) output.Ack(one);
                    held.Clear();
                    return;
                }

                output.Emit(tuple, tuple.Source.Component, tuple[0]);
                if (tuple[0].AsInt64() % 5 == 0) held.Add(output.Hold(tuple));
                else output.Ack(tuple);
            },
            "spout",
            "number");
    }
}
