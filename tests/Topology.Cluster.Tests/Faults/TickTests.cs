using System.Collections.Concurrent;
using Topology.Engine;
using Topology.Testing;

namespace Topology.Cluster.Tests;

public sealed class TickTests
{
    [Test]
    public async Task Each_task_ticks_once_per_interval_and_ticks_that_were_missed_are_not_made_up_for()
    {
        var time = new ManualTime();
        var ticks = new ConcurrentQueue<(int Task, TimeSpan Interval)>();
        await using var cluster = new TestCluster(new LocalClusterOptions { Time = time });
        var run = cluster.Submit(topology =>
        {
            topology.SetSpout("endless", () => new FaultySpout(_ => { }, "number"));
            topology.SetBolt("ticks", () =>
            {
                var index = -1;
                return new FaultyBolt((tuple, _) =>
                {
                    Assert.That(tuple.IsTick, Is.True);
                    Assert.That((tuple.Source.Component, tuple.Source.Stream), Is.EqualTo((TupleSource.System, TupleSource.Tick)));
                    ticks.Enqueue((index, tuple[0].AsDuration()));
                })
                { OnPrepare = context => index = context.TaskIndex };
            }).SetTasks(3).TickEvery(TimeSpan.FromSeconds(10)).ShuffleGrouping("endless");
        });
        await run.UntilAsync(() => run.State == RunState.Active, "the run to be active");
        Assert.That(ticks, Is.Empty);
        time.Advance(TimeSpan.FromSeconds(10));
        await run.UntilAsync(() => ticks.Count == 3, "the first tick of each");
        time.Advance(TimeSpan.FromSeconds(100));
        await run.UntilAsync(() => ticks.Count == 6, "the second tick of each");
        time.Advance(TimeSpan.FromSeconds(10));
        await run.UntilAsync(() => ticks.Count >= 9, "the third tick of each");

        Assert.That(ticks, Has.Count.EqualTo(9));
        Assert.That(ticks.Select(t => t.Task), Is.EqualTo([0, 1, 2, 0, 1, 2, 0, 1, 2]));
        Assert.That(ticks.Select(t => t.Interval), Is.All.EqualTo(TimeSpan.FromSeconds(10)));
        Assert.That(run.Errors, Is.Empty);
        Assert.That(run.Metrics["ticks"].Executed, Is.Zero, "ticks are not counted");
    }

    [Test]
    public async Task What_a_tick_emits_is_worked_off_before_the_run_ends()
    {
        var ticked = 0;
        var received = 0;
        var log = new SpoutLog();
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(20_000, log) { PerCall = 10 });
            topology.SetBolt("ticks", () => new FaultyBasicBolt((_, _) => { }, "tick")
            {
                OnTick = output =>
                {
                    for (var i = 0; i < 10; i++) output.Emit(++ticked);
                },
            }).TickEvery(TimeSpan.FromMilliseconds(1)).ShuffleGrouping("numbers");
            topology.SetBolt("sink", () => new FaultyBasicBolt((_, _) => received++)).ShuffleGrouping("ticks");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(received, Is.EqualTo(ticked));
        log.ShouldBeAckedOnce(20_000);
    }

    [Test]
    public async Task A_bolt_that_emits_at_every_tick_does_not_keep_the_run_from_ending()
    {
        // Two stages that tick faster than the end is looked for.
        for (var i = 0; i < 3; i++)
        {
            var afterFinish = 0;
            var finished = false;
            await Running.RunAsync(topology =>
            {
                topology.Options = topology.Options with { EventLoops = 2 };
                topology.SetSpout("numbers", () => new NumberSpout(100, new SpoutLog()));
                topology.SetBolt("first", () => new FaultyBasicBolt((_, _) => { }, "tick") { OnTick = output => output.Emit(1) })
                    .TickEvery(TimeSpan.FromMilliseconds(1)).ShuffleGrouping("numbers");
                topology.SetBolt("second", () => new FaultyBasicBolt((_, output) =>
                {
                    if (finished) afterFinish++;
                    output.Emit(2);
                }, "tick")
                {
                    OnTick = output =>
                    {
                        if (finished) afterFinish++;
                        output.Emit(1);
                    },
                    OnFinish = _ => finished = true,
                }).TickEvery(TimeSpan.FromMilliseconds(1)).ShuffleGrouping("first");
                topology.SetBolt("sink", () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("second");
            });
            Assert.That(afterFinish, Is.Zero, "Finish comes when all input has ended, and ticks with it");
        }
    }

    [Test]
    public async Task A_bolt_that_answers_held_tuples_at_ticks_still_gets_them_while_the_run_drains()
    {
        var log = new SpoutLog();
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(1000, log));
            topology.SetBolt("batches", () =>
            {
                var held = new List<HeldTuple>();
                return new FaultyBolt((tuple, output) =>
                {
                    if (!tuple.IsTick)
                    {
                        held.Add(output.Hold(tuple));
                        return;
                    }

                    foreach (var one in held) output.Ack(one);
                    held.Clear();
                });
            }, parallelism: 2).TickEvery(TimeSpan.FromMilliseconds(5)).ShuffleGrouping("numbers");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        log.ShouldBeAckedOnce(1000);
    }

    [Test]
    public async Task Untracked_tuples_held_until_a_tick_are_answered_while_the_run_drains()
    {
        var answered = 0;
        await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new UntrackedNumberSpout(1000));
            topology.SetBolt("batches", () =>
            {
                var held = new List<HeldTuple>();
                return new FaultyBolt((tuple, output) =>
                {
                    if (!tuple.IsTick)
                    {
                        held.Add(output.Hold(tuple));
                        return;
                    }

                    foreach (var one in held) output.Ack(one);
                    answered += held.Count;
                    held.Clear();
                });
            }).TickEvery(TimeSpan.FromMilliseconds(5)).ShuffleGrouping("numbers");
        });

        Assert.That(answered, Is.EqualTo(1000));
    }
}
