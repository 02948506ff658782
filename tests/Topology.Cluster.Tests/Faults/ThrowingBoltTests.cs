using Topology.Engine;
using Topology.Testing;

namespace Topology.Cluster.Tests;

public sealed class ThrowingBoltTests
{
    [Test]
    public async Task Each_tuple_that_throws_fails_with_its_reason_and_the_others_are_acked()
    {
        var log = new SpoutLog();
        var passed = new Tally(300);
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(300, log));
            topology.SetBolt("third", () => ThrowsOnEveryThird("number"), parallelism: 2).ShuffleGrouping("numbers");
            topology.SetBolt("count", passed.Bolt).ShuffleGrouping("third");
        });

        var thirds = Enumerable.Range(0, 100).Select(i => 3L * i).ToArray();
        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(log.FailedIds, Is.EqualTo(thirds));
        log.ShouldBeAnsweredOnce(300);
        foreach (var (id, reason) in log.Fails)
        {
            Assert.That(reason with { Task = 0 }, Is.EqualTo(new FailReason(FailKind.BoltError, "third", 0, $"InvalidOperationException: no {id}")));
            Assert.That(reason.Task, Is.InRange(3, 4));
        }

        Assert.That(passed.Total, Is.EqualTo(200));
        Assert.That(result.Metrics["third"].Errors, Is.EqualTo(100));
        Assert.That(result.Metrics["third"].FailedByReason[FailKind.BoltError], Is.EqualTo(100));
        Assert.That(result.Metrics["third"].Executed, Is.EqualTo(300));
    }

    [Test]
    public async Task The_report_names_component_task_call_tuple_and_error()
    {
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(1, new SpoutLog()));
            topology.SetBolt("third", () => ThrowsOnEveryThird()).ShuffleGrouping("numbers");
        });

        Assert.That(result.Errors.Select(e => e.ToString()), Is.EqualTo(["third[2] Execute on (0): InvalidOperationException: no 0"]));
    }

    [Test]
    public async Task Neighbours_on_the_same_loop_go_on_beside_a_bolt_that_always_throws()
    {
        var log = new SpoutLog();
        var seen = new Tally(5000);
        var result = await Running.RunAsync(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 1 };
            topology.SetSpout("numbers", () => new NumberSpout(5000, log));
            topology.SetBolt("bad", () => new FaultyBolt((_, _) => throw new InvalidOperationException("always"))).ShuffleGrouping("numbers");
            topology.SetBolt("good", seen.Bolt).ShuffleGrouping("numbers");
        });

        seen.ShouldHoldEach(1);
        Assert.That(log.Failed, Is.EqualTo(5000));
        Assert.That(result.Metrics["good"].Acked, Is.EqualTo(5000));
        Assert.That(result.Errors, Has.Length.EqualTo(5), "reports are throttled");
        Assert.That(result.Metrics["bad"].Errors, Is.EqualTo(5000), "but all are counted");
    }

    [Test]
    public async Task A_tuple_that_throws_late_in_its_turn_ends_the_turn_so_that_failures_leave()
    {
        // Each tuple takes longer than a turn and throws; the second waits for the spout to have heard of the first.
        var time = new ManualTime();
        var log = new SpoutLog();
        var heardInTime = true;
        await Running.RunAsync(
            topology =>
            {
                topology.Options = topology.Options with { EventLoops = 2, BlockedAfter = Timeout.InfiniteTimeSpan };
                topology.SetSpout("numbers", () => new NumberSpout(4, log));
                topology.SetBolt("slow", () => new FaultyBolt((tuple, _) =>
                {
                    var before = tuple[0].AsInt64();
                    heardInTime = heardInTime && SpinWait.SpinUntil(() => log.Failed >= before, Running.Patience);
                    time.Advance(TimeSpan.FromMilliseconds(5));
                    throw new InvalidOperationException("slow");
                })).ShuffleGrouping("numbers");
            },
            new LocalClusterOptions { Time = time });

        Assert.That(heardInTime, Is.True);
        Assert.That(log.Failed, Is.EqualTo(4));
    }

    [Test]
    public async Task A_bolt_that_throws_in_Prepare_fails_the_run_and_what_was_prepared_is_cleaned_up_before_it_ends()
    {
        await using var cluster = new TestCluster();
        using var threw = new ManualResetEventSlim();
        LocalRun? run = null;
        var opened = false;
        var endedTooEarly = false;
        var cleanedUp = 0;
        run = cluster.Submit(
            topology =>
            {
                topology.Options = topology.Options with { EventLoops = 2 };
                topology.SetSpout("numbers", () => new FaultySpout(_ => { }, "number") { OnOpen = _ => opened = true });
                topology.SetBolt("bad", () => new FaultyBolt((_, _) => { })
                {
                    OnPrepare = _ => throw new InvalidOperationException("no table"),
                }).ShuffleGrouping("numbers");
                topology.SetBolt("slow", () => new FaultyBolt((_, _) => { })
                {
                    // Still inside Prepare when the run has failed already.
                    OnPrepare = _ => threw.Await(),
                    OnCleanup = () =>
                    {
                        // The coordinator looks whether it may end the run.
                        for (var looks = 0; looks < 3; looks++) run!.Worker.Coordinator.Step();
                        endedTooEarly = run!.Completion.IsCompleted;
                        cleanedUp++;
                    },
                }).ShuffleGrouping("numbers");
            },
            active: false);
        run.Activate();
        await run.UntilAsync(() => run.State == RunState.Draining, "the run to clean up");
        threw.Set();
        var result = await run.EndAsync();

        Assert.That(result.State, Is.EqualTo(RunState.Failed));
        Assert.That(result.Failure?.Message, Is.EqualTo("bad[1] threw in Prepare: InvalidOperationException: no table"));
        Assert.That(result.Errors.Select(e => e.ToString()), Is.EqualTo(["bad[1] Prepare: InvalidOperationException: no table"]));
        Assert.That(opened, Is.False);
        Assert.That(cleanedUp, Is.EqualTo(1));
        Assert.That(endedTooEarly, Is.False);
    }

    [Test]
    public async Task A_run_that_fails_in_Prepare_ends_at_once()
    {
        // With time standing still a deadline that has to pass never does.
        for (var i = 0; i < 50; i++)
        {
            var result = await Running.RunAsync(
                topology =>
                {
                    topology.Options = topology.Options with { EventLoops = 2 };
                    topology.SetSpout("numbers", () => new NumberSpout(1, new SpoutLog()));
                    topology.SetBolt("bad", () => new FaultyBolt((_, _) => { }) { OnPrepare = _ => throw new InvalidOperationException("no table") }, parallelism: 3)
                        .ShuffleGrouping("numbers");
                },
                new LocalClusterOptions { Time = new ManualTime() });
            Assert.That(result.State, Is.EqualTo(RunState.Failed));
        }
    }

    [Test]
    public async Task A_bolt_that_throws_in_Finish_is_reported_and_the_bolts_behind_it_finish_all_the_same()
    {
        var finished = 0;
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(10, new SpoutLog()));
            topology.SetBolt("bad", () => new FaultyBasicBolt((tuple, output) => output.Emit(tuple[0]), "number")
            {
                OnFinish = _ => throw new InvalidOperationException("no end"),
            }).ShuffleGrouping("numbers");
            topology.SetBolt("good", () => new FaultyBasicBolt((_, _) => { }) { OnFinish = _ => finished++ }).ShuffleGrouping("bad");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(finished, Is.EqualTo(1));
        Assert.That(result.Errors.Select(e => e.ToString()), Is.EqualTo(["bad[1] Finish: InvalidOperationException: no end"]));
    }

    [Test]
    public async Task A_bolt_that_throws_in_Cleanup_is_reported_and_its_neighbours_are_cleaned_up()
    {
        var cleanedUp = 0;
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(10, new SpoutLog()));
            topology.SetBolt("bad", () => new FaultyBasicBolt((_, _) => { })
            {
                OnCleanup = () =>
                {
                    Interlocked.Increment(ref cleanedUp);
                    throw new InvalidOperationException("stuck");
                },
            }).SetTasks(3).ShuffleGrouping("numbers");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(cleanedUp, Is.EqualTo(3));
        Assert.That(result.Errors.Select(e => e.ToString()), Is.EqualTo(Enumerable.Range(1, 3).Select(t => $"bad[{t}] Cleanup: InvalidOperationException: stuck")));
    }

    [Test]
    public async Task A_bolt_that_throws_on_a_tick_is_reported_and_goes_on_with_tuples_and_ticks()
    {
        var time = new ManualTime();
        var ticks = 0;
        var log = new SpoutLog();
        await using var cluster = new TestCluster(new LocalClusterOptions { Time = time });
        var run = cluster.Submit(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(1000, log) { PerCall = 1 });
            topology.SetBolt("bad", () => new FaultyBasicBolt((_, _) => { })
            {
                OnTick = _ => throw new InvalidOperationException($"tick {Interlocked.Increment(ref ticks)}"),
            }).TickEvery(TimeSpan.FromSeconds(1)).ShuffleGrouping("numbers");
            topology.SetSpout("endless", () => new FaultySpout(_ => { }, "number"));
        });
        await run.UntilAsync(() => log.Acked == 1000, "all to be acked");
        for (var tick = 1; tick <= 3; tick++)
        {
            // Fewer than a tick may have come so far, and one is enough however long the wait was.
            await run.UntilAsync(() => Advanced(time, () => Volatile.Read(ref ticks) >= tick), "a tick");
        }

        Assert.That(run.Errors[0].ToString(), Is.EqualTo("bad[1] Execute (tick): InvalidOperationException: tick 1"));
        log.ShouldBeAckedOnce(1000);
    }

    private static bool Advanced(ManualTime time, Func<bool> condition)
    {
        time.Advance(TimeSpan.FromMilliseconds(50));
        return condition();
    }

    private static FaultyBasicBolt ThrowsOnEveryThird(params string[] fields) => new(
        (tuple, output) =>
        {
            if (tuple[0].AsInt64() % 3 == 0) throw new InvalidOperationException($"no {tuple[0]}");
            output.Emit(tuple[0]);
        },
        fields);
}
