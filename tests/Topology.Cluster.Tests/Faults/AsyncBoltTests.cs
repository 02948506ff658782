using System.Collections.Concurrent;
using Topology.Engine;
using Topology.Testing;

namespace Topology.Cluster.Tests;

public sealed class AsyncBoltTests
{
    [Test]
    public async Task No_more_tuples_are_in_work_than_the_limit_and_all_are_acked_whatever_their_order([Values(1, 2)] int loops)
    {
        const int Count = 2000;
        const int Limit = 7;
        var log = new SpoutLog();
        var received = new Tally(Count);
        var running = 0;
        var most = 0;
        var result = await Running.RunAsync(topology =>
        {
            topology.Options = topology.Options with { EventLoops = loops };
            topology.SetSpout("numbers", () => new NumberSpout(Count, log));
            topology.SetBolt("async", () => new FaultyAsyncBolt(
                Limit,
                async (tuple, output, _) =>
                {
                    var now = Interlocked.Increment(ref running);
                    InterlockedMax(ref most, now);
                    // On pool threads, and in no order.
                    for (var i = 0; i < tuple[0].AsInt64() % 4; i++) await Task.Yield();
                    output.Emit(tuple[0]);
                    Interlocked.Decrement(ref running);
                },
                "number")).ShuffleGrouping("numbers");
            topology.SetBolt("count", received.Bolt).ShuffleGrouping("async");
        });

        received.ShouldHoldEach(1);
        log.ShouldBeAckedOnce(Count);
        Assert.That(most, Is.InRange(1, Limit));
        Assert.That(result.Metrics["async"].Acked, Is.EqualTo(Count));
    }

    [Test]
    public async Task The_limit_is_reached_and_the_task_takes_no_input_beyond_it()
    {
        const int Limit = 5;
        var log = new SpoutLog();
        var started = 0;
        var release = new TaskCompletionSource();
        await using var cluster = new TestCluster(new LocalClusterOptions { Time = new ManualTime() });
        var run = cluster.Submit(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(20, log));
            topology.SetBolt("async", () => new FaultyAsyncBolt(Limit, async (_, _, _) =>
            {
                Interlocked.Increment(ref started);
                await release.Task;
            })).ShuffleGrouping("numbers");
        });
        await run.UntilAsync(() => Volatile.Read(ref started) == Limit && run.Metrics["async"].QueueDepth == 20 - Limit, "the limit to be reached");
        Assert.That(log.Acked, Is.Zero);
        release.SetResult();
        await run.EndAsync();

        Assert.That(started, Is.EqualTo(20));
        log.ShouldBeAckedOnce(20);
    }

    [Test]
    public async Task A_task_that_fails_fails_its_tuple_and_is_reported()
    {
        var log = new SpoutLog();
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(8, log));
            topology.SetBolt("async", () => new FaultyAsyncBolt(3, async (tuple, output, _) =>
            {
                var number = tuple[0].AsInt64();
                if (number == 1) throw new InvalidOperationException("before");
                await Task.Yield();
                if (number == 2) throw new InvalidOperationException("afterwards");
                if (number == 3) throw new FailTupleException("not wanted");
                if (number == 4) output.Emit(1, 2, 3);
                if (number == 5) throw new OperationCanceledException("cancelled");
            })).ShuffleGrouping("numbers");
        });

        var reasons = log.Fails.ToDictionary(f => f.Id, f => f.Reason);
        Assert.That(log.AckedIds, Is.EqualTo([0L, 6L, 7L]));
        Assert.That(reasons.Keys.Order(), Is.EqualTo([1L, 2L, 3L, 4L, 5L]));
        Assert.That(reasons.Values.Select(r => (r.Component, r.Task)).Distinct(), Is.EqualTo([("async", 1)]));
        Assert.That(reasons[1].Kind, Is.EqualTo(FailKind.BoltError));
        Assert.That(reasons[1].Detail, Does.Contain("before"));
        Assert.That(reasons[2].Kind, Is.EqualTo(FailKind.BoltError));
        Assert.That(reasons[3], Is.EqualTo(new FailReason(FailKind.Explicit, "async", 1, "not wanted")));
        Assert.That(reasons[4].Kind, Is.EqualTo(FailKind.BoltError));
        Assert.That(reasons[4].Detail, Does.Contain("async emitted 3 values"));
        Assert.That(reasons[5].Kind, Is.EqualTo(FailKind.BoltError));
        Assert.That(result.Metrics["async"].Errors, Is.EqualTo(4), "a FailTupleException is no error");
        Assert.That(result.Errors.Select(e => e.Component).Distinct(), Is.EqualTo(["async"]));
    }

    [Test]
    public async Task A_failing_task_follows_the_bolts_error_policy()
    {
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(100, new SpoutLog()));
            topology.SetBolt("strict", () => new FaultyAsyncBolt(3, async (tuple, _, _) =>
            {
                await Task.Yield();
                if (tuple[0].AsInt64() == 50) throw new InvalidOperationException("corrupt");
            })).OnError(ErrorPolicy.StopTopology).ShuffleGrouping("numbers");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Failed));
        Assert.That(result.Failure?.Message, Does.StartWith("strict[2] threw in Execute, and its error policy stops the topology").And.EndWith("corrupt"));
    }

    [Test]
    public async Task A_failing_task_may_go_to_the_dead_letter_stream()
    {
        var log = new SpoutLog();
        var letters = new ConcurrentQueue<Value[]>();
        await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(10, log));
            topology.SetBolt("async", () => new FaultyAsyncBolt(3, async (tuple, _, _) =>
            {
                await Task.Yield();
                if (tuple[0].AsInt64() == 4) throw new InvalidOperationException("four");
            })).OnError(ErrorPolicy.DeadLetter).ShuffleGrouping("numbers");
            topology.SetBolt("letters", () => new FaultyBasicBolt((tuple, _) => letters.Enqueue(tuple.ToArray()))).ShuffleGrouping("async", StreamId.DeadLetter);
        });

        log.ShouldBeAckedOnce(10);
        Assert.That(letters.Single(), Is.EqualTo(new Value[] { "async", 1, "InvalidOperationException: four", "numbers/default", "4" }));
    }

    [Test]
    public async Task Work_that_never_ends_is_forgotten_after_the_message_timeout_and_cancelled_at_the_end()
    {
        var time = new ManualTime();
        var log = new SpoutLog();
        var cancelled = 0;
        await using var cluster = new TestCluster(new LocalClusterOptions { Time = time });
        var run = cluster.Submit(topology =>
        {
            topology.Options = topology.Options with { MessageTimeout = TimeSpan.FromSeconds(10) };
            topology.SetSpout("numbers", () => new NumberSpout(10, log));
            topology.SetBolt("async", () => new FaultyAsyncBolt(100, async (_, _, cancellation) =>
            {
                try
                {
                    await Task.Delay(Timeout.Infinite, cancellation);
                }
                finally
                {
                    Interlocked.Increment(ref cancelled);
                }
            })).ShuffleGrouping("numbers");
        });
        await run.UntilAsync(() => run.Metrics["async"].Executed == 10, "all to be in work");
        time.Advance(TimeSpan.FromSeconds(11.1));
        var result = await run.EndAsync();
        await run.UntilAsync(() => Volatile.Read(ref cancelled) == 10, "the work to be cancelled");

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(log.Failed, Is.EqualTo(10));
        Assert.That(result.Errors.Select(e => e.ToString()), Has.One.StartsWith("async[1] Hold: AnswerException: 10 tuples were held for longer than the message timeout"));
    }

    [Test]
    public async Task A_restart_leaves_the_old_instances_work_without_effect()
    {
        var log = new SpoutLog();
        var old = new TaskCompletionSource();
        var started = 0;
        var received = new Tally(10);
        await using var cluster = new TestCluster();
        var run = cluster.Submit(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(10, log));
            topology.SetBolt("async", () => new FaultyAsyncBolt(
                10,
                async (tuple, output, _) =>
                {
                    Interlocked.Increment(ref started);
                    if (tuple[0].AsInt64() < 5) await old.Task;
                    if (tuple[0].AsInt64() == 5) throw new InvalidOperationException("broken");
                    output.Emit(tuple[0]);
                },
                "number")).OnError(ErrorPolicy.RestartTask).ShuffleGrouping("numbers");
            topology.SetBolt("count", received.Bolt).ShuffleGrouping("async");
        });
        await run.UntilAsync(() => log.Answered == 10, "the restart");
        old.SetResult();
        var result = await run.EndAsync();

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        log.ShouldBeAnsweredOnce(10);
        Assert.That(log.FailedIds, Is.SupersetOf(new[] { 0L, 1L, 2L, 3L, 4L, 5L }));
        Assert.That(Enumerable.Range(0, 6).Select(i => received[i]), Is.All.Zero);
    }

    [Test]
    public async Task Work_that_ends_while_its_task_has_a_full_mailbox_is_answered_all_the_same()
    {
        const int Count = 70_000;
        var log = new SpoutLog();
        using var gate = new ManualResetEventSlim();
        var release = new TaskCompletionSource();
        var started = 0;
        await using var cluster = new TestCluster();
        var run = cluster.Submit(topology =>
        {
            topology.Options = topology.Options with { MaxSpoutPending = Count };
            topology.SetSpout("numbers", () => new NumberSpout(Count, log));
            // All but the last end on another thread while the bolt's own is inside the last: more than a mailbox holds.
            topology.SetBolt("async", () => new FaultyAsyncBolt(Count, async (tuple, _, _) =>
            {
                Interlocked.Increment(ref started);
                if (tuple[0].AsInt64() == Count - 1) gate.Await();
                else await release.Task;
            })).ShuffleGrouping("numbers");
        });
        await run.UntilAsync(() => Volatile.Read(ref started) == Count, "all to be in work");
        release.SetResult();
        gate.Set();
        var result = await run.EndAsync();

        Assert.That(result.Errors, Is.Empty);
        log.ShouldBeAckedOnce(Count);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while (value > (seen = Volatile.Read(ref target)) && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
