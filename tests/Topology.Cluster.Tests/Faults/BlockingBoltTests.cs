using System.Collections.Concurrent;
using Topology.Engine;
using Topology.Testing;

namespace Topology.Cluster.Tests;

public sealed class BlockingBoltTests
{
    [Test]
    public async Task Neighbours_on_its_loop_go_on_while_a_bolt_blocks()
    {
        var blocked = new SpoutLog();
        var free = new SpoutLog();
        using var gate = new ManualResetEventSlim();
        await using var cluster = new TestCluster();
        var run = cluster.Submit(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 1 };
            topology.SetSpout("few", () => new NumberSpout(3, blocked));
            topology.SetBolt("blocks", () => new FaultyBasicBolt((_, _) => gate.Await())).ShuffleGrouping("few");
            topology.SetSpout("many", () => new NumberSpout(20_000, free));
            topology.SetBolt("works", () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("many");
        });

        await run.UntilAsync(() => free.Acked == 20_000, "the neighbours to go on");
        Assert.That(blocked.Acked, Is.Zero);
        gate.Set();
        await run.EndAsync();

        blocked.ShouldBeAckedOnce(3);
        free.ShouldBeAckedOnce(20_000);
    }

    [Test]
    public async Task Many_bolts_of_one_loop_may_block_at_once()
    {
        const int Bolts = 8;
        var log = new SpoutLog();
        using var all = new CountdownEvent(Bolts);
        await using var cluster = new TestCluster();
        var run = cluster.Submit(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 1 };
            topology.SetSpout("numbers", () => new NumberSpout(1, log));
            for (var i = 0; i < Bolts; i++)
            {
                // Each blocks until all do: with one thread for two of them none would ever go on.
                topology.SetBolt($"blocks-{i}", () => new FaultyBasicBolt((_, _) =>
                {
                    all.Signal();
                    if (!all.Wait(Running.Patience)) throw new TimeoutException("The others never ran.");
                })).AllGrouping("numbers");
            }
        });
        var result = await run.EndAsync();

        Assert.That(result.Errors, Is.Empty);
        log.ShouldBeAckedOnce(1);
    }

    [Test]
    public async Task What_waits_for_a_blocked_bolt_comes_in_order_when_it_goes_on()
    {
        const int Count = 10_000;
        var log = new SpoutLog();
        var seen = new ConcurrentQueue<long>();
        using var gate = new ManualResetEventSlim();
        await using var cluster = new TestCluster();
        var run = cluster.Submit(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 1 };
            topology.SetSpout("numbers", () => new NumberSpout(Count, log));
            topology.SetBolt("blocks", () => new FaultyBasicBolt((tuple, _) =>
            {
                if (tuple[0].AsInt64() == 100) gate.Await();
                seen.Enqueue(tuple[0].AsInt64());
            })).ShuffleGrouping("numbers");
        });
        await run.UntilAsync(() => run.Metrics["blocks"].QueueDepth >= 1000, "rows to wait for it");
        gate.Set();
        await run.EndAsync();

        Assert.That(seen, Is.EqualTo(Enumerable.Range(0, Count)));
        log.ShouldBeAckedOnce(Count);
    }

    [Test]
    public async Task Neighbours_go_on_while_a_spout_blocks()
    {
        var free = new SpoutLog();
        using var gate = new ManualResetEventSlim();
        var polls = 0;
        await using var cluster = new TestCluster();
        var run = cluster.Submit(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 1 };
            topology.SetSpout("blocks", () => new FaultySpout(
                _ =>
                {
                    gate.Await();
                    polls++;
                },
                "number")
            { Exhausted = () => polls > 0 });
            topology.SetSpout("many", () => new NumberSpout(20_000, free));
            topology.SetBolt("works", () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("many");
        });
        await run.UntilAsync(() => free.Acked == 20_000, "the neighbours to go on");
        gate.Set();
        var result = await run.EndAsync();
        Assert.That(result.State, Is.EqualTo(RunState.Completed));
    }

    [Test]
    public async Task Slow_tuples_are_not_replayed_as_long_as_each_is_in_time()
    {
        // 20 pending tuples of 200 ms each take 4 s of the 5; an ack that waited for its whole batch, or a failure before the timeout, would show.
        const int Count = 200;
        var time = new ManualTime();
        var log = new SpoutLog();
        var seen = new Tally(Count);
        var result = await Running.RunAsync(
            topology =>
            {
                topology.Options = topology.Options with { MessageTimeout = TimeSpan.FromSeconds(5), MaxSpoutPending = 20, BlockedAfter = Timeout.InfiniteTimeSpan };
                topology.SetSpout("numbers", () => new ReplayingNumberSpout(Count, log, ReplayPolicy.Default));
                topology.SetBolt("slow", () => new FaultyBasicBolt((tuple, _) =>
                {
                    seen.Add(tuple[0].AsInt64());
                    time.Advance(TimeSpan.FromMilliseconds(200));
                })).ShuffleGrouping("numbers");
            },
            new LocalClusterOptions { Time = time });

        seen.ShouldHoldEach(1);
        log.ShouldBeAckedOnce(Count);
        Assert.That(log.Emitted, Is.EqualTo(Count), "nothing was replayed");
        Assert.That(result.Metrics["numbers"].Failed, Is.Zero);
    }

    [Test]
    public async Task A_bolt_that_blocks_for_200_ms_a_tuple_replays_nothing_and_holds_nobody_up()
    {
        // Each of its tuples takes as long as its neighbour takes for a fifth of its own.
        const int Count = 5;
        const int FastPerSlow = 2_000;
        var time = new ManualTime();
        var slow = new SpoutLog();
        var fast = new SpoutLog();
        await Running.RunAsync(
            topology =>
            {
                topology.Options = topology.Options with { EventLoops = 1, MessageTimeout = TimeSpan.FromSeconds(5) };
                topology.SetSpout("few", () => new ReplayingNumberSpout(Count, slow, ReplayPolicy.Default));
                topology.SetBolt("slow", () => new FaultyBasicBolt((tuple, _) =>
                {
                    var enough = FastPerSlow * (tuple[0].AsInt64() + 1);
                    Running.Await(() => fast.Acked >= enough, "the neighbour's tuples");
                    time.Advance(TimeSpan.FromMilliseconds(200));
                })).ShuffleGrouping("few");
                topology.SetSpout("many", () => new NumberSpout(Count * FastPerSlow, fast));
                topology.SetBolt("fast", () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("many");
            },
            new LocalClusterOptions { Time = time });

        slow.ShouldBeAckedOnce(Count);
        Assert.That(slow.Emitted, Is.EqualTo(Count), "nothing was replayed");
        fast.ShouldBeAckedOnce(Count * FastPerSlow);
    }
}
