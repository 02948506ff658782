using Topology.Messaging;

namespace Topology.Engine.Tests;

/// <summary>A whole life of the shares of a topology, by the orders of a master.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ShareRunTests
{
    private const int Count = 3_000;

    private static readonly Dictionary<string, int[]> Places = new() { ["numbers"] = [0], ["relay"] = [0, 1, 2], ["counter"] = [1, 2], ["sink"] = [2] };

    private readonly List<(string Component, long Count)> _results = [];
    private readonly List<string> _calls = [];

    [Test]
    public void What_bolts_emit_in_Finish_reaches_all_that_is_downstream_before_that_finishes([Range(1, 12)] int seed, [Values] bool isTracked)
    {
        var group = new ShareGroup(topology => Build(topology, isTracked), 3, Places, seed, new MemoryFaults { Delivery = seed % 3 == 0 ? 0.05 : 0.6 }).Start();

        group.Finish();

        Assert.That(_results, Is.EqualTo(new[] { ("sink", 2L * Count) }), "The sink adds up what both counters emit in Finish, each of which has counted what three relays sent.");
        Assert.That(_calls.Count(call => call == "finish relay"), Is.EqualTo(3));
        Assert.That(_calls.FindIndex(call => call == "finish counter"), Is.GreaterThan(_calls.FindLastIndex(call => call == "finish relay")));
        Assert.That(_calls.FindIndex(call => call == "finish sink"), Is.GreaterThan(_calls.FindLastIndex(call => call == "finish counter")));
        Assert.That(_calls.Count(call => call.StartsWith("cleanup", StringComparison.Ordinal)), Is.EqualTo(6));
        Assert.That(group.Runs.Sum(run => run.Errors.Length), Is.Zero);
        Assert.That(group.Runs.Select(run => run.Completion.Result.IsLossless), Is.All.True);
    }

    [Test]
    public void A_cycle_through_workers_does_not_wait_for_itself([Range(1, 4)] int seed)
    {
        var group = new ShareGroup(
            topology =>
            {
                topology.SetSpout("numbers", () => new RecordSpout(200));
                topology.SetBolt("halves", () => Noted("halves", (tuple, output) =>
                {
                    if (tuple[0].AsInt64() > 0) output.Emit(tuple, tuple[0].AsInt64() / 2);
                    output.Ack(tuple);
                })).ShuffleGrouping("numbers").ShuffleGrouping("back");
                topology.SetBolt("back", () => Noted("back", (tuple, output) =>
                {
                    output.Emit(tuple, tuple[0]);
                    output.Ack(tuple);
                })).ShuffleGrouping("halves");
            },
            2,
            new() { ["numbers"] = [0], ["halves"] = [0], ["back"] = [1] },
            seed).Start();
        group.Finish();
        Assert.That(_calls.Where(call => call.StartsWith("finish", StringComparison.Ordinal)), Is.EqualTo(new[] { "finish halves", "finish back" }));
        Assert.That(group.Runs.Sum(run => run.Metrics["halves"].Executed), Is.EqualTo(Enumerable.Range(0, 200).Sum(Visits)));

        static long Visits(int number) => number == 0 ? 1 : 1 + Visits(number / 2);
    }

    [Test]
    public void A_link_without_room_delays_the_end_and_loses_nothing()
    {
        var group = new ShareGroup(topology => Build(topology, true), 3, Places, 5, linkOptions: new LinkOptions { KeptFrames = 2, DataFramesPerTurn = 1 }).Start();
        group.Finish();
        Assert.That(_results, Is.EqualTo(new[] { ("sink", 2L * Count) }));
    }

    [Test]
    public void An_end_is_told_when_all_that_Finish_emitted_has_left_and_not_before([Range(1, 4)] int seed)
    {
        const int Rows = 60;
        var text = new string('x', 20_000);
        var group = new ShareGroup(
            topology =>
            {
                topology.SetSpout("numbers", () => new RecordSpout(10));
                topology.SetBolt("burst", () => Noted("burst", (tuple, output) => output.Ack(tuple), output =>
                {
                    for (var row = 0; row < Rows; row++) output.Emit(Anchor.None, text);
                })).ShuffleGrouping("numbers");
                topology.SetBolt("sink", () =>
                {
                    var rows = 0L;
                    return Noted("sink", (tuple, output) =>
                    {
                        rows++;
                        output.Ack(tuple);
                    }, _ => _results.Add(("sink", rows)));
                }).ShuffleGrouping("burst");
            },
            2,
            new() { ["numbers"] = [0], ["burst"] = [0], ["sink"] = [1] },
            seed,
            linkOptions: new LinkOptions { KeptFrames = 2, DataFramesPerTurn = 1 }).Start();
        group.Finish();
        Assert.That(_results, Is.EqualTo(new[] { ("sink", (long)Rows) }));
    }

    [Test]
    public void A_worker_may_hear_of_ends_before_it_is_ordered_to_finish()
    {
        var group = new ShareGroup(topology => Build(topology, true), 3, Places).Start();
        group.Until(() => group.Runs.All(ShareGroup.IsExhausted), "the spout to end");
        group.Members[0].Run.Finish();
        group.Members[1].Run.Finish();
        group.Until(() => group.Members[0].Run.Completion.IsCompleted, "the worker with the spout and a relay, which needs no other");
        group.Steps(500);
        Assert.That(group.Members[1].Run.Status.EndOfStreamPassed, Is.False, "Its counter needs the relay of the third worker.");
        Assert.That(_calls, Does.Not.Contain("finish counter"));
        group.Finish();
        Assert.That(_results, Is.EqualTo(new[] { ("sink", 2L * Count) }));
    }

    [Test]
    public void Bolts_are_prepared_and_spouts_opened_before_they_are_asked_and_once()
    {
        var group = new ShareGroup(topology => Build(topology, true), 3, Places);
        group.Connect();
        var prepared = group.Runs.Select(run => run.PrepareAsync()).ToArray();
        group.Until(() => prepared.All(p => p.IsCompletedSuccessfully), "all to be prepared");
        Assert.That(_calls.Count(call => call.StartsWith("prepare", StringComparison.Ordinal)), Is.EqualTo(6));
        Assert.That(_calls, Has.One.EqualTo("open").And.None.EqualTo("activate"));
        group.Steps(200);
        Assert.That(group.Runs.Select(run => run.Status.IsActive), Is.All.False);
        Assert.That(group.Runs.Sum(run => run.Metrics["numbers"].Emitted), Is.Zero);
        Assert.That(group.Runs.Select(run => run.PrepareAsync()), Is.EqualTo(prepared));

        group.SetActive(true);
        group.Until(() => group.Members[0].Run.Metrics["numbers"].Emitted > 100, "tuples");
        Assert.That(group.Runs.Select(run => run.Status.IsActive), Is.All.True);
        group.SetActive(false);
        group.Until(() => group.Runs.All(run => run.Status.Pending == 0), "rest");
        var emitted = group.Members[0].Run.Metrics["numbers"].Emitted;
        group.Steps(200);
        Assert.That(group.Members[0].Run.Metrics["numbers"].Emitted, Is.EqualTo(emitted).And.LessThan(Count));
        group.SetActive(true);
        group.Finish();
        Assert.That(_calls.Count(call => call is "open" or "activate" or "deactivate" or "close"), Is.EqualTo(5));
    }

    [Test]
    public void An_error_in_Prepare_faults_the_preparation_and_ends_the_run()
    {
        var group = new ShareGroup(
            topology =>
            {
                topology.SetSpout("numbers", () => new RecordSpout(1));
                topology.SetBolt("broken", () => new InlineBolt((tuple, output) => output.Ack(tuple)) { Prepared = _ => throw new InvalidDataException("no disk") }).ShuffleGrouping("numbers");
            },
            2,
            new() { ["numbers"] = [0], ["broken"] = [1] });
        group.Connect();
        var prepared = group.Members[1].Run.PrepareAsync();
        group.Until(() => prepared.IsCompleted && group.Members[1].Run.Completion.IsCompleted, "the failure");
        Assert.That(prepared.Exception!.InnerException!.Message, Does.Contain("broken[").And.Contain("no disk"));
        Assert.That(group.Members[1].Run.Completion.Result.State, Is.EqualTo(RunState.Failed));
    }

    [Test]
    public void User_code_whose_policy_is_to_stop_ends_the_run_as_failed()
    {
        var group = new ShareGroup(
            topology =>
            {
                topology.SetSpout("numbers", () => new RecordSpout(1));
                topology.SetBolt("broken", () => new InlineBolt((_, _) => throw new InvalidDataException("no"))).OnError(ErrorPolicy.StopTopology).ShuffleGrouping("numbers");
            },
            2,
            new() { ["numbers"] = [0], ["broken"] = [1] }).Start();
        group.Until(() => group.Members[1].Run.Completion.IsCompleted, "the failure");
        Assert.That(group.Members[1].Run.Completion.Result.State, Is.EqualTo(RunState.Failed));
        Assert.That(group.Members[1].Run.Completion.Result.Failure!.Message, Does.Contain("broken["));
        Assert.That(group.Members[1].Run.Status.IsCleanedUp, Is.False);
    }

    [Test]
    public void Exhausted_spouts_store_their_positions_without_an_order_and_each_task_ends_by_itself()
    {
        var isOpen = true;
        var group = new ShareGroup(
            topology =>
            {
                topology.Options = topology.Options with { PositionInterval = TimeSpan.FromHours(1) };
                topology.SetSpout("short", () => new RecordSpout(50));
                topology.SetSpout("long", () => new RecordSpout(80) { IsOpen = () => isOpen });
                topology.SetBolt("sink", () => new InlineBolt((tuple, output) => output.Ack(tuple))).ShuffleGrouping("short").ShuffleGrouping("long");
            },
            2,
            new() { ["short"] = [0], ["long"] = [0], ["sink"] = [1] }).Start();
        var run = group.Members[0].Run;
        group.Until(() => run.Status.EndedTasks.Length == 1 && run.Status.Pending == 0, "the short one");
        Assert.That(run.Status.EndedTasks.Single(), Is.EqualTo(run.Worker.Plan["short"].FirstTask));
        Assert.That(run.Status.PositionsCommitted, Is.False);
        Assert.That(group.Members[1].Run.Status.PositionsCommitted, Is.True, "There is no spout.");

        isOpen = false;
        group.Until(() => run.Status.PositionsCommitted, "the positions");
        Assert.That(run.Status.EndedTasks, Has.Length.EqualTo(2));
        Assert.That(PositionOf(group, "short"), Is.EqualTo(50));
        Assert.That(PositionOf(group, "long"), Is.EqualTo(80));
        Assert.That(run.Status.Progress, Is.EqualTo(132), "130 trees and two positions");
    }

    [Test]
    public void Spouts_that_are_ended_by_order_store_what_was_acked_and_emit_no_more()
    {
        var group = new ShareGroup(topology => Build(topology, true), 3, Places).Start();
        var run = group.Members[0].Run;
        group.Until(() => run.Status.Progress > 100, "some trees");
        foreach (var each in group.Runs) each.EndSpouts();
        group.Until(() => run.Status is { PositionsCommitted: true, Pending: 0 }, "the end");
        Assert.That(run.Status.EndedTasks, Has.Length.EqualTo(1));
        var acked = run.Metrics["numbers"].Acked;
        Assert.That(acked, Is.InRange(100, Count - 1));
        Assert.That(PositionOf(group, "numbers"), Is.EqualTo(acked));
        run.SetActive(true);
        group.Steps(200);
        Assert.That(run.Metrics["numbers"].Acked, Is.EqualTo(acked));
        group.Finish();
        Assert.That(_results, Is.EqualTo(new[] { ("sink", 2 * acked) }));
    }

    [Test]
    public void A_stop_closes_and_cleans_up_wherever_it_comes([Values("new", "connected", "preparing", "running", "drained", "finishing")] string when)
    {
        var group = new ShareGroup(topology => Build(topology, true), 3, Places);
        if (when != "new") group.Connect();
        if (when == "preparing")
        {
            foreach (var run in group.Runs) _ = run.PrepareAsync();
            group.Steps(1);
        }

        if (when is "running" or "drained" or "finishing") group.Start();
        if (when is "running") group.Steps(50);
        foreach (var run in group.Runs)
            if (when == "drained") run.EndSpouts();
        if (when is "drained") group.Until(() => group.Runs.All(run => run.Worker.Coordinator.Phase == RunPhase.Drained), "the end of the spouts");
        if (when is "finishing") group.Until(() => group.Runs.All(ShareGroup.IsExhausted), "the end of the spouts");
        if (when is "finishing") group.Members[1].Run.Finish();
        if (when is "finishing") group.Until(() => group.Members[1].Run.Worker.Coordinator.Phase == RunPhase.Settling, "a worker that waits for others");
        foreach (var run in group.Runs) _ = run.DisposeAsync().AsTask();
        group.Until(() => group.Runs.All(run => run.Completion.IsCompleted), "the end");
        Assert.That(group.Runs.Select(run => run.Completion.Result.State), Is.All.EqualTo(RunState.Stopped));
        Assert.That(_calls.Count(call => call.StartsWith("cleanup", StringComparison.Ordinal)), Is.EqualTo(_calls.Count(call => call.StartsWith("prepare", StringComparison.Ordinal))));
        Assert.That(_calls.Count(call => call == "close"), Is.EqualTo(_calls.Count(call => call == "open")));
        Assert.That(_calls.Where(call => call.StartsWith("finish", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Ends_that_make_no_sense_or_come_twice_change_nothing()
    {
        var group = new ShareGroup(topology => Build(topology, true), 3, Places, faults: MemoryFaults.None).Start();
        var input = new PeerInput(group.Members[2].Worker, group.Members[2].Worker.Peers[1]!);
        group.Until(() => group.Runs.All(ShareGroup.IsExhausted), "the spout to end");
        group.Members[2].Run.Finish();
        // Worker 1 has one of three relays and a counter, and no spout and no sink.
        foreach (var component in new ulong[] { 1, 1, 3, 4, 99, ulong.MaxValue }) Assert.That(input.Take(EndOf(component)), Is.EqualTo(WireError.None));
        group.Steps(500);
        Assert.That(_calls, Does.Not.Contain("finish relay"), "The worker with the spout has said nothing.");
        Assert.That(group.Members[2].Run.Status.EndOfStreamPassed, Is.False);
        group.Finish();
        Assert.That(_results, Is.EqualTo(new[] { ("sink", 2L * Count) }));
    }

    private static byte[] EndOf(ulong component)
    {
        var writer = new FrameWriter(new FrameBufferPool());
        writer.Begin(new FrameHeader(7, 1, 2, 1));
        writer.Write(new EndOfStream(component));
        return writer.Finish().WrittenSpan.ToArray();
    }

    private static long? PositionOf(ShareGroup group, string spout) => group.Positions.Read(new PositionKey("test", spout, 0))?.Position.Number;

    private void Build(TopologyBuilder topology, bool isTracked)
    {
        topology.Options = topology.Options with { EventLoops = 2, ChannelCapacity = 20, Ackers = 1, Delivery = isTracked ? Delivery.AtLeastOnce : Delivery.AtMostOnce };
        topology.SetSpout("numbers", () => new RecordSpout(Count) { Called = _calls.Add });
        topology.SetBolt("relay", () => Noted("relay", (tuple, output) =>
        {
            output.Emit(tuple, tuple[0]);
            output.Ack(tuple);
        }), 3).ShuffleGrouping("numbers");
        topology.SetBolt("counter", () =>
        {
            var count = 0L;
            return Noted("counter", (tuple, output) =>
            {
                count++;
                output.Ack(tuple);
            }, output => output.Emit(Anchor.None, count));
        }, 2).AllGrouping("relay");
        topology.SetBolt("sink", () =>
        {
            var sum = 0L;
            return Noted("sink", (tuple, output) =>
            {
                sum += tuple[0].AsInt64();
                output.Ack(tuple);
            }, _ => _results.Add(("sink", sum)));
        }).GlobalGrouping("counter");
    }

    private InlineBolt Noted(string component, ExecuteTuple execute, Action<BoltOutput>? finish = null) => new(execute, "number")
    {
        Prepared = _ => _calls.Add($"prepare {component}"),
        Finished = output =>
        {
            _calls.Add($"finish {component}");
            finish?.Invoke(output);
        },
        CleanedUp = () => _calls.Add($"cleanup {component}"),
    };
}
