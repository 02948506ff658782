using Topology.Engine;
using Topology.Testing;

namespace Topology.Cluster.Tests;

public sealed class GroupingTests
{
    private const int Count = 1000;
    private const int Tasks = 4;

    [Test]
    public async Task Shuffle_deals_each_tuple_to_one_task_and_to_all_alike()
    {
        var tally = await RunAsync(bolt => bolt.ShuffleGrouping("numbers"));

        ShouldBeSeen(tally, times: 1);
        Assert.That(Enumerable.Range(0, Tasks).Select(tally.Of), Is.All.EqualTo(Count / Tasks));
    }

    [Test]
    public async Task Local_or_shuffle_deals_as_shuffle_does_in_one_worker()
    {
        var tally = await RunAsync(bolt => bolt.LocalOrShuffleGrouping("numbers"));

        ShouldBeSeen(tally, times: 1);
        Assert.That(Enumerable.Range(0, Tasks).Select(tally.Of), Is.All.EqualTo(Count / Tasks));
    }

    [Test]
    public async Task None_deals_each_tuple_to_one_task()
    {
        var tally = await RunAsync(bolt => bolt.NoneGrouping("numbers"));

        ShouldBeSeen(tally, times: 1);
        Assert.That(Enumerable.Range(0, Tasks).Select(tally.Of), Is.All.GreaterThan(Count / Tasks / 2));
    }

    [Test]
    public async Task Fields_give_equal_values_to_the_same_task_and_every_task_something()
    {
        var tally = await RunAsync(bolt => bolt.FieldsGrouping("numbers", "number"), rounds: 3);

        ShouldBeSeen(tally, times: 3);
        for (var number = 0; number < Count; number++) Assert.That(tally.TasksOf(number), Has.Length.EqualTo(1));
        Assert.That(Enumerable.Range(0, Tasks).Select(tally.Of), Is.All.Positive);
    }

    [Test]
    public async Task Partial_keys_give_equal_values_to_two_tasks_half_each()
    {
        var tally = await RunAsync(bolt => bolt.PartialKeyGrouping("numbers", "number"), keys: 1);

        Assert.That(tally.TasksOf(0), Has.Length.EqualTo(2));
        Assert.That(tally.TasksOf(0).Select(t => tally[t, 0]), Is.All.EqualTo(Count / 2));
    }

    [Test]
    public async Task Partial_keys_give_no_value_to_more_than_two_tasks()
    {
        var tally = await RunAsync(bolt => bolt.PartialKeyGrouping("numbers", "number"), keys: 7);

        Assert.That(Enumerable.Range(0, 7).Select(n => tally.TasksOf(n).Length), Is.All.InRange(1, 2));
        Assert.That(Enumerable.Range(0, Tasks).Sum(tally.Of), Is.EqualTo(Count));
    }

    [Test]
    public async Task All_gives_each_tuple_to_every_task()
    {
        var tally = await RunAsync(bolt => bolt.AllGrouping("numbers"));

        ShouldBeSeen(tally, times: Tasks);
        Assert.That(Enumerable.Range(0, Tasks).Select(tally.Of), Is.All.EqualTo(Count));
    }

    [Test]
    public async Task Global_gives_every_tuple_to_the_first_task()
    {
        var tally = await RunAsync(bolt => bolt.GlobalGrouping("numbers"));

        ShouldBeSeen(tally, times: 1);
        Assert.That(tally.Of(0), Is.EqualTo(Count));
    }

    [Test]
    public async Task A_custom_grouping_gives_each_tuple_to_whom_it_chooses()
    {
        // As many tasks as the number's remainder: none for a quarter of them.
        var tally = await RunAsync(bolt => bolt.CustomGrouping("numbers", () => new ChosenGrouping((n, targets) => targets.Take((int)(n % Tasks)))));

        for (var number = 0; number < Count; number++) Assert.That(tally.TasksOf(number), Is.EqualTo(Enumerable.Range(0, number % Tasks)));
    }

    [Test]
    public async Task A_direct_stream_gives_each_tuple_to_the_task_that_the_emitter_names()
    {
        var log = new SpoutLog();
        var tally = new TaskTally(Tasks, Count);
        await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(Count, log));
            topology.SetBolt("chooses", () => Chooses("direct")).ShuffleGrouping("numbers");
            topology.SetBolt("direct", tally.Bolt).SetTasks(Tasks).DirectGrouping("chooses", "out");
        });

        log.ShouldBeAckedOnce(Count);
        for (var number = 0; number < Count; number++) Assert.That(tally.TasksOf(number), Is.EqualTo([number % Tasks]));
    }

    [Test]
    public async Task An_emit_to_a_task_that_does_not_subscribe_to_the_direct_stream_fails_its_input()
    {
        var log = new SpoutLog();
        var tally = new TaskTally(Tasks, 10);
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(10, log));
            topology.SetBolt("chooses", () => Chooses("stranger")).ShuffleGrouping("numbers");
            topology.SetBolt("direct", tally.Bolt).SetTasks(Tasks).DirectGrouping("chooses", "out");
            topology.SetBolt("stranger", () => new FaultyBasicBolt((_, _) => { })).SetTasks(Tasks).ShuffleGrouping("numbers");
        });

        Assert.That(log.Failed, Is.EqualTo(10));
        Assert.That(result.Errors[0].ToString(), Does.Contain("chooses cannot EmitDirect to task").And.Contain("it does not subscribe to 'out' by direct grouping"));
    }

    [Test]
    public async Task An_emit_of_a_spout_on_a_direct_stream_that_nobody_subscribes_to_is_reported_and_leaves_nothing_pending([Values] bool isTracked)
    {
        var next = 0;
        var heard = 0;
        var result = await Running.RunAsync(
            topology =>
            {
                if (!isTracked) topology.Options = topology.Options with { Delivery = Delivery.AtMostOnce };
                SpoutContext context = null!;
                topology.SetSpout("numbers", () => new FaultySpout(output => output.EmitDirect(context.TasksOf("bolt")[0], context.Stream("lonely"), next, next++), "number")
                {
                    Streams = streams => streams.AddDirect("lonely", ["number"]),
                    OnOpen = c => context = c,
                    OnAck = _ => heard++,
                    OnFail = (_, _) => heard++,
                    Exhausted = () => next == 3,
                });
                topology.SetBolt("bolt", () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("numbers");
            });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(result.Errors.Select(e => e.ToString()), Is.All.EqualTo(
            "numbers[2] NextTuple: EmitException: numbers cannot EmitDirect to task 1: it does not subscribe to 'lonely' by direct grouping.").And.Exactly(3).Items);
        Assert.That((result.Metrics["numbers"].Emitted, result.Metrics["numbers"].Pending, heard), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public async Task Emit_and_EmitDirect_are_not_taken_for_one_another()
    {
        var log = new SpoutLog();
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(2, log));
            topology.SetBolt("confused", () =>
            {
                BoltContext context = null!;
                return new FaultyBasicBolt(
                    (tuple, output) =>
                    {
                        if (tuple[0].AsInt64() == 0) output.Emit(context.Stream("out"), tuple[0]);
                        else output.EmitDirect(context.TasksOf("direct")[0], context.Stream(StreamId.Default), tuple[0]);
                    },
                    "number")
                {
                    Streams = streams => streams.AddDirect("out", ["number"]),
                    OnPrepare = c => context = c,
                };
            }).ShuffleGrouping("numbers");
            topology.SetBolt("direct", () => new FaultyBasicBolt((_, _) => { })).DirectGrouping("confused", "out").ShuffleGrouping("confused");
        });

        Assert.That(log.Failed, Is.EqualTo(2));
        Assert.That(result.Errors[0].Error.Message, Is.EqualTo("confused cannot Emit on stream 'out', which is direct. Use EmitDirect and name the task."));
        Assert.That(result.Errors[1].Error.Message, Is.EqualTo("confused cannot EmitDirect on the default stream, which is not direct. Declare it with AddDirect, or use Emit."));
    }

    [Test]
    public async Task A_custom_grouping_that_throws_or_chooses_a_stranger_fails_the_input_and_nothing_is_sent([Values] bool stranger)
    {
        // Time stands still: a tree of which a part was sent would never end.
        var log = new SpoutLog();
        var other = new Tally(10);
        var result = await Running.RunAsync(
            topology =>
            {
                topology.SetSpout("numbers", () => new NumberSpout(10, log));
                topology.SetBolt("relay", () => new FaultyBasicBolt((tuple, output) => output.Emit(tuple[0]), "number")).ShuffleGrouping("numbers");
                topology.SetBolt("another", other.Bolt).ShuffleGrouping("relay");
                topology.SetBolt("custom", () => new FaultyBasicBolt((_, _) => { })).CustomGrouping("relay", () => new ChosenGrouping(
                    (n, targets) => n % 2 == 0 ? targets : stranger ? [1] : throw new InvalidOperationException("undecided")));
            },
            new LocalClusterOptions { Time = new ManualTime() });

        Assert.That(log.AckedIds, Is.EqualTo([0L, 2L, 4L, 6L, 8L]));
        Assert.That(log.FailedIds, Is.EqualTo([1L, 3L, 5L, 7L, 9L]));
        Assert.That(other.Total, Is.EqualTo(5));
        Assert.That(result.Errors[0].ToString(), Does.Contain(stranger ? "chose task 1, which is not among its targets" : "undecided"));
    }

    [Test]
    public async Task A_custom_grouping_of_a_spout_that_throws_leaves_nothing_pending()
    {
        var next = 0;
        var acked = 0;
        var result = await Running.RunAsync(
            topology =>
            {
                topology.SetSpout("numbers", () => new FaultySpout(output => output.Emit(next, next++), "number") { Exhausted = () => next == 10, OnAck = _ => acked++ });
                topology.SetBolt("custom", () => new FaultyBasicBolt((_, _) => { })).CustomGrouping("numbers", () => new ChosenGrouping(
                    (n, targets) => n % 2 == 0 ? targets : throw new InvalidOperationException("undecided")));
            });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(acked, Is.EqualTo(5));
        Assert.That(result.Metrics["numbers"].Errors, Is.EqualTo(5));
    }

    private static FaultyBasicBolt Chooses(string target)
    {
        BoltContext context = null!;
        return new FaultyBasicBolt((tuple, output) =>
        {
            var tasks = context.TasksOf(target);
            output.EmitDirect(tasks[(int)(tuple[0].AsInt64() % tasks.Length)], context.Stream("out"), tuple[0]);
        })
        {
            Streams = streams => streams.AddDirect("out", ["number"]),
            OnPrepare = c => context = c,
        };
    }

    private static async Task<TaskTally> RunAsync(Action<BoltDeclarer> group, int rounds = 1, int keys = Count)
    {
        var tally = new TaskTally(Tasks, Count);
        var log = new SpoutLog();
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("source", () => new NumberSpout(Count * rounds, log));
            topology.SetBolt("numbers", () => new FaultyBasicBolt((tuple, output) => output.Emit(tuple[0].AsInt64() % keys), "number")).ShuffleGrouping("source");
            group(topology.SetBolt("target", tally.Bolt, parallelism: 2).SetTasks(Tasks));
        });

        log.ShouldBeAckedOnce(Count * rounds);
        Assert.That(result.IsLossless, Is.True);
        return tally;
    }

    private static void ShouldBeSeen(TaskTally tally, int times) =>
        Assert.That(Enumerable.Range(0, Count).Select(n => tally.Times(n)), Is.All.EqualTo(times));
}
