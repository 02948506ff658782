using Topology.Engine;
using Topology.Testing;

namespace Topology.Cluster.Tests;

public sealed class StoppingTests
{
    [Test]
    public async Task A_stop_during_full_back_pressure_works_off_what_is_there([Values(1, 2)] int loops)
    {
        var log = new SpoutLog();
        var finished = 0;
        using var gate = new ManualResetEventSlim();
        await using var cluster = new TestCluster();
        var run = cluster.Submit(topology =>
        {
            topology.Options = topology.Options with { EventLoops = loops, ChannelCapacity = 16, MaxSpoutPending = 1000 };
            topology.SetSpout("numbers", () => new NumberSpout(long.MaxValue, log));
            topology.SetBolt("relay", () => new FaultyBasicBolt((tuple, output) => output.Emit(tuple[0]), "number")).ShuffleGrouping("numbers");
            topology.SetBolt("waits", () => new FaultyBasicBolt((_, _) => gate.Await()) { OnFinish = _ => finished++ }).ShuffleGrouping("relay");
        });
        await run.UntilAsync(() => run.Metrics["waits"].QueueDepth >= 16 && run.Metrics["relay"].QueueDepth >= 16, "both to be full");

        var stop = run.StopAsync();
        await run.UntilAsync(() => run.State == RunState.Draining, "the stop to begin");
        gate.Set();
        await run.UntilAsync(() => stop.IsCompleted, "the run to stop");
        var result = await stop;

        Assert.That(result.State, Is.EqualTo(RunState.Stopped));
        Assert.That(result.Dropped, Is.Zero);
        Assert.That(result.IsLossless, Is.True);
        log.ShouldBeAckedOnce(log.Emitted);
        Assert.That(finished, Is.EqualTo(1));
        Assert.That(result.Metrics["waits"].Executed, Is.EqualTo(log.Emitted));
    }

    [Test]
    public async Task A_stop_while_a_bolt_blocks_for_good_gives_up_at_the_drain_timeout_and_counts_what_is_dropped()
    {
        const int Count = 50;
        var time = new ManualTime();
        var log = new SpoutLog();
        var cleanedUp = 0;
        using var gate = new ManualResetEventSlim();
        await using var cluster = new TestCluster(new LocalClusterOptions { Time = time });
        var run = cluster.Submit(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 1, DrainTimeout = TimeSpan.FromSeconds(10), MessageTimeout = Timeout.InfiniteTimeSpan };
            topology.SetSpout("numbers", () => new NumberSpout(Count, log));
            topology.SetBolt("blocks", () => new FaultyBasicBolt((_, _) => gate.Await())).ShuffleGrouping("numbers");
            topology.SetBolt("works", () => new FaultyBasicBolt((_, _) => { }) { OnCleanup = () => cleanedUp++ }).ShuffleGrouping("numbers");
        });
        await run.UntilAsync(() => run.Metrics["works"].Acked == Count && run.Metrics["blocks"].QueueDepth >= Count - 1, "the other to be done");

        var stop = run.StopAsync();
        await run.UntilAsync(() => run.State == RunState.Draining, "the stop to begin");
        time.Advance(TimeSpan.FromSeconds(9));
        await run.UntilAsync(() => run.Worker.Coordinator.Phase == RunPhase.EndingTrees, "the drain to go on");
        time.Advance(TimeSpan.FromSeconds(2));
        await run.UntilAsync(() => cleanedUp == 1, "the other to be cleaned up");
        time.Advance(TimeSpan.FromSeconds(6));
        await run.UntilAsync(() => stop.IsCompleted, "the run to stop");
        var result = await stop;
        gate.Set();

        Assert.That(result.State, Is.EqualTo(RunState.Stopped));
        Assert.That(result.Dropped, Is.EqualTo(Count));
        Assert.That(result.IsLossless, Is.False);
        Assert.That(log.Answered, Is.Zero);
        Assert.That(result.Metrics["numbers"].Pending, Is.EqualTo(Count));
    }

    [Test]
    public async Task Rows_that_never_left_their_sender_count_as_dropped_too()
    {
        // A loop whose only executor blocks takes nothing from its lanes, which hold 64 batches of 256 rows: the rest stays with the sender.
        const int Count = 40_000;
        var time = new ManualTime();
        using var gate = new ManualResetEventSlim();
        await using var cluster = new TestCluster(new LocalClusterOptions { Time = time });
        var run = cluster.Submit(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 4, ChannelCapacity = 10 };
            topology.SetSpout("numbers", () => new UntrackedNumberSpout(2));
            topology.SetBolt("fan", () => new FaultyBasicBolt(
                (_, output) =>
                {
                    for (var i = 0; i < Count; i++) output.Emit(i);
                },
                "number")).ShuffleGrouping("numbers");
            topology.SetBolt("blocks", () => new FaultyBasicBolt((_, _) => gate.Await())).ShuffleGrouping("fan");
        });
        await run.UntilAsync(() => run.Metrics["fan"].Executed == 1 && run.Metrics["blocks"].QueueDepth > 0, "the bolt to block");

        var stop = run.StopAsync(TimeSpan.Zero);
        await run.UntilAsync(() => Advanced(time, () => stop.IsCompleted), "the run to stop");
        var result = await stop;
        gate.Set();

        Assert.That(result.Dropped, Is.EqualTo(Count + 1), "those of the first input, and the second input");
    }

    [Test]
    public async Task A_spout_hears_of_nothing_after_it_was_closed()
    {
        var closed = false;
        var heardAfterwards = 0;
        for (var i = 0; i < 20; i++)
        {
            await using var cluster = new TestCluster();
            closed = false;
            var next = 0;
            var run = cluster.Submit(topology =>
            {
                topology.Options = topology.Options with { EventLoops = 2 };
                topology.SetSpout("numbers", () => new FaultySpout(
                    output =>
                    {
                        for (var room = output.Remaining; room > 0; room--) output.Emit(next, next++);
                    },
                    "number")
                {
                    OnAck = _ => heardAfterwards += closed ? 1 : 0,
                    OnFail = (_, _) => heardAfterwards += closed ? 1 : 0,
                    OnClose = () => closed = true,
                });
                topology.SetBolt("half", () => new FaultyBasicBolt((tuple, _) =>
                {
                    if (tuple[0].AsInt64() % 2 == 0) throw new FailTupleException("even");
                }), parallelism: 2).ShuffleGrouping("numbers");
            });
            await run.UntilAsync(() => run.Metrics["numbers"].Acked > 100, "tuples to flow");
            var result = await run.StopAsync(TimeSpan.Zero);
            Assert.That(result.State, Is.EqualTo(RunState.Stopped));
            Assert.That(closed, Is.True);
        }

        Assert.That(heardAfterwards, Is.Zero);
    }

    [Test]
    public async Task A_stop_waits_for_the_fate_of_each_tree_so_that_no_failure_goes_unheard()
    {
        for (var i = 0; i < 20; i++)
        {
            var log = new SpoutLog();
            await using var cluster = new TestCluster();
            var run = cluster.Submit(topology =>
            {
                topology.Options = topology.Options with { EventLoops = 2, MaxSpoutPending = 64 };
                topology.SetSpout("numbers", () => new NumberSpout(long.MaxValue, log));
                topology.SetBolt("half", () => new FaultyBasicBolt((tuple, _) =>
                {
                    if (tuple[0].AsInt64() % 2 == 0) throw new FailTupleException("even");
                })).ShuffleGrouping("numbers");
            });
            await run.UntilAsync(() => log.Acked > 10, "tuples to flow");
            var result = await run.StopAsync();

            Assert.That(result.Dropped, Is.Zero);
            log.ShouldBeAnsweredOnce(log.Emitted);
        }
    }

    [Test]
    public async Task Records_that_wait_for_a_retry_when_the_run_is_stopped_count_as_dropped()
    {
        var policy = new ReplayPolicy { InitialDelay = TimeSpan.FromHours(1), MaxDelay = TimeSpan.FromHours(1) };
        await using var cluster = new TestCluster();
        var run = cluster.Submit(topology =>
        {
            topology.SetSpout("numbers", () => new ReplayingNumberSpout(10, new SpoutLog(), policy));
            topology.SetBolt("fails", () => new FaultyBasicBolt((_, _) => throw new FailTupleException("not now"))).ShuffleGrouping("numbers");
        });
        await run.UntilAsync(() => run.Metrics["numbers"].Failed == 10, "all to fail once");
        var result = await run.StopAsync();

        Assert.That(result.State, Is.EqualTo(RunState.Stopped));
        Assert.That(result.Dropped, Is.EqualTo(10));
        Assert.That(result.IsLossless, Is.False);
    }

    [Test]
    public async Task StopTopology_ends_the_run_as_failed_and_says_what_was_thrown_where()
    {
        var log = new SpoutLog();
        var executed = 0;
        var cleanedUp = 0;
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(long.MaxValue, log));
            topology.SetBolt("strict", () => new FaultyBasicBolt((tuple, _) =>
            {
                executed++;
                if (tuple[0].AsInt64() == 100) throw new InvalidOperationException("corrupt");
            })
            {
                OnCleanup = () => cleanedUp++,
            }).OnError(ErrorPolicy.StopTopology).ShuffleGrouping("numbers");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Failed));
        Assert.That(result.Failure?.Message, Is.EqualTo("strict[2] threw in Execute, and its error policy stops the topology: InvalidOperationException: corrupt"));
        Assert.That(result.Errors.Select(e => e.ToString()), Is.EqualTo(["strict[2] Execute on (100): InvalidOperationException: corrupt"]));
        Assert.That(executed, Is.EqualTo(101), "not a tuple more");
        Assert.That(cleanedUp, Is.EqualTo(1));
        Assert.That(result.IsLossless, Is.False);
    }

    private static bool Advanced(ManualTime time, Func<bool> condition)
    {
        time.Advance(TimeSpan.FromMilliseconds(100));
        return condition();
    }
}
