using System.Collections.Concurrent;
using Topology.Engine;

namespace Topology.Cluster.Tests;

public sealed class ActivationTests
{
    [Test]
    public async Task A_run_submitted_inactive_makes_and_opens_nothing_until_it_is_activated()
    {
        var log = new SpoutLog();
        var calls = new ConcurrentQueue<string>();
        await using var cluster = new TestCluster();
        var made = 0;
        var run = cluster.Submit(
            topology =>
            {
                topology.SetSpout("numbers", () =>
                {
                    made++;
                    return new NumberSpout(100, log);
                });
                topology.SetBolt("sink", () => new FaultyBasicBolt((_, _) => { }) { OnPrepare = _ => calls.Enqueue("prepare") }).ShuffleGrouping("numbers");
            },
            active: false);
        Assert.That(run.State, Is.EqualTo(RunState.Inactive));
        Assert.That((made, calls.Count), Is.EqualTo((2, 0)), "two for the checks");

        run.Activate();
        var result = await run.EndAsync();

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(made, Is.EqualTo(3));
        log.ShouldBeAckedOnce(100);
    }

    [Test]
    public async Task A_run_that_was_never_activated_can_be_stopped()
    {
        var calls = 0;
        await using var cluster = new TestCluster();
        var run = cluster.Submit(
            topology =>
            {
                topology.SetSpout("numbers", () => new FaultySpout(_ => calls++, "number") { OnOpen = _ => calls++, OnClose = () => calls++ });
                topology.SetBolt("sink", () => new FaultyBasicBolt((_, _) => { }) { OnPrepare = _ => calls++, OnCleanup = () => calls++ }).ShuffleGrouping("numbers");
            },
            active: false);
        var stop = run.StopAsync();
        await run.UntilAsync(() => stop.IsCompleted, "the run to stop");
        var result = await stop;

        Assert.That(result.State, Is.EqualTo(RunState.Stopped));
        Assert.That(result.IsLossless, Is.True);
        Assert.That(calls, Is.Zero);
    }

    [Test]
    public async Task A_deactivated_spout_is_not_asked_while_bolts_work_off_what_is_there()
    {
        var log = new SpoutLog();
        var calls = new ConcurrentQueue<string>();
        var isOff = false;
        var askedWhileOff = 0;
        var enough = false;
        var next = 0;
        await using var cluster = new TestCluster();
        var run = cluster.Submit(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 2 };
            topology.SetSpout("numbers", () => new FaultySpout(
                output =>
                {
                    if (isOff) askedWhileOff++;
                    for (var room = output.Remaining; room > 0; room--)
                    {
                        log.Emit();
                        output.Emit(next, next++);
                    }
                },
                "number")
            {
                OnAck = log.Ack,
                OnFail = log.Fail,
                Exhausted = () => Volatile.Read(ref enough),
                OnActivate = () =>
                {
                    isOff = false;
                    calls.Enqueue("on");
                },
                OnDeactivate = () =>
                {
                    isOff = true;
                    calls.Enqueue("off");
                },
            }).MaxSpoutPending(100);
            topology.SetBolt("sink", () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("numbers");
        });

        for (var round = 1; round <= 5; round++)
        {
            var before = log.Acked;
            await run.UntilAsync(() => log.Acked > before, "tuples to flow");
            run.Deactivate();
            await run.UntilAsync(() => calls.Count == (2 * round) - 1 && run.Metrics["numbers"].Pending == 0, "what is there to be worked off");
            Assert.That(run.State, Is.EqualTo(RunState.Inactive));
            Assert.That(log.Acked, Is.EqualTo(log.Emitted));
            run.Activate();
            await run.UntilAsync(() => calls.Count == 2 * round, "the spout to be activated");
        }

        Volatile.Write(ref enough, true);
        var result = await run.EndAsync();

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(askedWhileOff, Is.Zero);
        Assert.That(calls, Is.EqualTo(Enumerable.Repeat<string[]>(["off", "on"], 5).SelectMany(c => c)));
        log.ShouldBeAckedOnce(log.Emitted);
    }

    [Test]
    public async Task A_deactivated_run_can_be_stopped_and_still_finishes_its_bolts()
    {
        var log = new SpoutLog();
        var finished = 0;
        await using var cluster = new TestCluster();
        var run = cluster.Submit(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(long.MaxValue, log));
            topology.SetBolt("sink", () => new FaultyBasicBolt((_, _) => { }) { OnFinish = _ => finished++ }).ShuffleGrouping("numbers");
        });
        await run.UntilAsync(() => log.Acked > 0, "tuples to flow");
        run.Deactivate();
        var stop = run.StopAsync();
        await run.UntilAsync(() => stop.IsCompleted, "the run to stop");

        Assert.That((await stop).State, Is.EqualTo(RunState.Stopped));
        Assert.That(finished, Is.EqualTo(1));
        log.ShouldBeAckedOnce(log.Emitted);
    }
}
