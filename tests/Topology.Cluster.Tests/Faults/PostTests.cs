using System.Collections.Concurrent;
using Topology.Engine;
using Topology.Testing;

namespace Topology.Cluster.Tests;

public sealed class PostTests
{
    [Test]
    public async Task Posted_actions_run_one_at_a_time_beside_the_tasks_own_calls_and_each_once()
    {
        const int Threads = 4;
        const int Each = 5000;
        var log = new SpoutLog();
        var inside = 0;
        var overlaps = 0;
        var ran = 0;
        BoltContext context = null!;
        await using var cluster = new TestCluster();
        var run = cluster.Submit(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(20_000, log));
            topology.SetBolt("busy", () => new FaultyBasicBolt((_, _) => Enter(() => { })) { OnPrepare = c => Volatile.Write(ref context, c) }).ShuffleGrouping("numbers");
            topology.SetSpout("endless", () => new FaultySpout(_ => { }, "number"));
        });
        await run.UntilAsync(() => Volatile.Read(ref context) is not null, "the bolt to be prepared");
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++) context.Post(() => Enter(() => ran++));
        })));
        await run.UntilAsync(() => Volatile.Read(ref ran) == Threads * Each && log.Acked == 20_000, "all to run");

        Assert.That(overlaps, Is.Zero);
        Assert.That(run.Errors, Is.Empty);

        void Enter(Action action)
        {
            if (Interlocked.Increment(ref inside) != 1) Interlocked.Increment(ref overlaps);
            action();
            Interlocked.Decrement(ref inside);
        }
    }

    [Test]
    public async Task A_posted_action_may_answer_held_tuples_and_emit()
    {
        const int Count = 2000;
        var log = new SpoutLog();
        var received = new Tally(Count);
        await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(Count, log));
            topology.SetBolt("later", () =>
            {
                BoltContext context = null!;
                return new FaultyBolt(
                    (tuple, output) =>
                    {
                        var number = tuple[0];
                        var held = output.Hold(tuple);
                        ThreadPool.QueueUserWorkItem(_ => context.Post(() =>
                        {
                            output.Emit(held, number);
                            output.Ack(held);
                        }));
                    },
                    "number")
                { OnPrepare = c => context = c };
            }).ShuffleGrouping("numbers");
            topology.SetBolt("count", received.Bolt).ShuffleGrouping("later");
        });

        received.ShouldHoldEach(1);
        log.ShouldBeAckedOnce(Count);
    }

    [Test]
    public async Task A_posted_action_that_throws_is_reported_and_the_task_goes_on()
    {
        var log = new SpoutLog();
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(100, log));
            topology.SetBolt("posts", () =>
            {
                BoltContext context = null!;
                return new FaultyBasicBolt((tuple, _) =>
                {
                    if (tuple[0].AsInt64() == 10) context.Post(() => throw new InvalidOperationException("later"));
                })
                { OnPrepare = c => context = c };
            }).ShuffleGrouping("numbers");
        });

        log.ShouldBeAckedOnce(100);
        Assert.That(result.Errors.Select(e => e.ToString()), Is.EqualTo(["posts[2] Post: InvalidOperationException: later"]));
    }

    [Test]
    public async Task A_post_beyond_the_mailbox_is_refused_and_those_before_it_run()
    {
        const int Room = 65_536;
        var ran = 0;
        BoltContext context = null!;
        using var gate = new ManualResetEventSlim();
        using var blocked = new ManualResetEventSlim();
        await using var cluster = new TestCluster();
        var run = cluster.Submit(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(1, new SpoutLog()));
            topology.SetBolt("blocks", () => new FaultyBasicBolt((_, _) =>
            {
                blocked.Set();
                gate.Await();
            })
            { OnPrepare = c => context = c }).ShuffleGrouping("numbers");
        });
        await run.UntilAsync(() => blocked.IsSet, "the bolt to block");
        for (var i = 0; i < Room; i++) context.Post(() => ran++);
        var refusal = Assert.Throws<InvalidOperationException>(() => context.Post(() => ran++));
        gate.Set();
        var result = await run.EndAsync();

        Assert.That(refusal.Message, Does.StartWith("blocks[1] has 65,536 posted actions waiting"));
        Assert.That(ran, Is.EqualTo(Room));
        Assert.That(result.State, Is.EqualTo(RunState.Completed));
    }

    [Test]
    public async Task Wake_from_another_thread_ends_a_spouts_back_off()
    {
        // Time stands still, so that the back-off of a spout that has nothing never ends by itself.
        const int Count = 200;
        var log = new SpoutLog();
        var queue = new ConcurrentQueue<long>();
        var taken = 0L;
        SpoutContext context = null!;
        await using var cluster = new TestCluster(new LocalClusterOptions { Time = new ManualTime() });
        var run = cluster.Submit(topology =>
        {
            topology.SetSpout("queue", () => new FaultySpout(
                output =>
                {
                    if (!queue.TryDequeue(out var number)) return;
                    output.Emit(number, number);
                    Interlocked.Increment(ref taken);
                },
                "number")
            {
                OnOpen = c => Volatile.Write(ref context, c),
                OnAck = log.Ack,
                Exhausted = () => taken == Count,
            });
            topology.SetBolt("sink", () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("queue");
        });
        await run.UntilAsync(() => Volatile.Read(ref context) is not null && run.State == RunState.Active, "the spout to be opened");
        for (var number = 0L; number < Count; number++)
        {
            // Each only when the spout has nothing any more: every one needs its own wake.
            queue.Enqueue(number);
            context.Wake();
            await run.UntilAsync(() => Interlocked.Read(ref taken) > number, "the spout to wake");
        }

        await run.EndAsync();
        log.ShouldBeAckedOnce(Count);
    }
}
