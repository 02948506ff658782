using System.Collections.Concurrent;
using Topology.Engine;
using Topology.Testing;

namespace Topology.Cluster.Tests;

public sealed class RestartingBoltTests
{
    [Test]
    public async Task A_bolt_that_throws_is_cleaned_up_and_a_fresh_instance_takes_its_place()
    {
        var log = new SpoutLog();
        var made = 0;
        var calls = new ConcurrentQueue<string>();
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(5, log));
            topology.SetBolt("frail", () =>
            {
                var instance = Interlocked.Increment(ref made);
                return new FaultyBasicBolt((tuple, _) =>
                {
                    if (tuple[0].AsInt64() == 2) throw new InvalidOperationException("broken");
                    calls.Enqueue($"{instance}: {tuple[0]}");
                })
                {
                    OnPrepare = _ => calls.Enqueue($"{instance}: prepare"),
                    OnFinish = _ => calls.Enqueue($"{instance}: finish"),
                    OnCleanup = () => calls.Enqueue($"{instance}: cleanup"),
                };
            }).OnError(ErrorPolicy.RestartTask).ShuffleGrouping("numbers");
        });

        // The first two instances are those of the checks.
        Assert.That(calls, Is.EqualTo(["3: prepare", "3: 0", "3: 1", "3: cleanup", "4: prepare", "4: 3", "4: 4", "4: finish", "4: cleanup"]));
        Assert.That(log.Fails, Is.EqualTo([(2L, new FailReason(FailKind.BoltError, "frail", 1, "InvalidOperationException: broken"))]));
        Assert.That(log.Acked, Is.EqualTo(4));
        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(result.Errors, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Keyed_state_outlives_a_restart_and_fields_of_the_instance_do_not()
    {
        const int Count = 200;
        var totals = new ConcurrentDictionary<long, long>();
        var sinceRestart = 0L;
        await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(Count, new SpoutLog()));
            topology.SetBolt("sums", () =>
            {
                KeyedState<long, long> state = null!;
                var executed = 0L;
                return new FaultyBasicBolt((tuple, _) =>
                {
                    var number = tuple[0].AsInt64();
                    if (number is 50 or 100 or 150) throw new InvalidOperationException("broken");
                    totals[number % 2] = state.For(number % 2) += number;
                    sinceRestart = ++executed;
                })
                {
                    OnPrepare = context => state = context.KeyedState<long, long>("sums"),
                };
            }).OnError(ErrorPolicy.RestartTask).ShuffleGrouping("numbers");
        });

        var even = Enumerable.Range(0, Count).Where(n => n % 2 == 0).Sum() - 50 - 100 - 150;
        Assert.That(totals[0], Is.EqualTo(even));
        Assert.That(totals[1], Is.EqualTo(Enumerable.Range(0, Count).Where(n => n % 2 == 1).Sum()));
        Assert.That(sinceRestart, Is.EqualTo(Count - 151));
    }

    [Test]
    public async Task Tuples_that_the_old_instance_held_fail_at_once()
    {
        var log = new SpoutLog();
        await Running.RunAsync(
            topology =>
            {
                topology.SetSpout("numbers", () => new NumberSpout(10, log));
                topology.SetBolt("holds", () => new FaultyBolt((tuple, output) =>
                {
                    if (tuple[0].AsInt64() < 5) output.Hold(tuple);
                    else if (tuple[0].AsInt64() == 5) throw new InvalidOperationException("broken");
                    else output.Ack(tuple);
                })).OnError(ErrorPolicy.RestartTask).ShuffleGrouping("numbers");
            },
            new LocalClusterOptions { Time = new ManualTime() });

        Assert.That(log.AckedIds, Is.EqualTo([6L, 7L, 8L, 9L]));
        Assert.That(log.FailedIds, Is.EqualTo([0L, 1L, 2L, 3L, 4L, 5L]));
        Assert.That(
            log.Fails.Where(f => f.Id < 5).Select(f => f.Reason).Distinct(),
            Is.EqualTo([new FailReason(FailKind.BoltError, "holds", 1, "the task that held the tuple was restarted")]));
    }

    [Test]
    public async Task Only_the_task_that_threw_is_restarted()
    {
        var prepared = new ConcurrentQueue<int>();
        await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(100, new SpoutLog()));
            topology.SetBolt("frail", () =>
            {
                var index = -1;
                return new FaultyBasicBolt((tuple, _) =>
                {
                    if (tuple[0].AsInt64() == 42) throw new InvalidOperationException("broken");
                })
                {
                    OnPrepare = context => prepared.Enqueue(index = context.TaskIndex),
                };
            }).SetTasks(4).OnError(ErrorPolicy.RestartTask).FieldsGrouping("numbers", "number");
        });

        Assert.That(prepared, Has.Count.EqualTo(5));
        Assert.That(prepared.Distinct(), Is.EquivalentTo([0, 1, 2, 3]));
    }

    [Test]
    public async Task More_than_five_restarts_within_a_minute_stop_the_topology()
    {
        var log = new SpoutLog();
        var made = 0;
        var result = await Running.RunAsync(
            topology =>
            {
                topology.SetSpout("numbers", () => new NumberSpout(100, log));
                topology.SetBolt("frail", () =>
                {
                    made++;
                    return new FaultyBolt((_, _) => throw new InvalidOperationException("always"));
                }).OnError(ErrorPolicy.RestartTask).ShuffleGrouping("numbers");
            },
            new LocalClusterOptions { Time = new ManualTime() });

        Assert.That(result.State, Is.EqualTo(RunState.Failed));
        Assert.That(result.Failure?.Message, Is.EqualTo("frail[1] was restarted 5 times within a minute and threw again in Execute: InvalidOperationException: always"));
        Assert.That(result.Failure?.InnerException, Is.TypeOf<InvalidOperationException>());
        Assert.That(made, Is.EqualTo(2 + 1 + 5), "two for the checks, the first, and five restarts");
    }

    [Test]
    public async Task Restarts_that_lie_far_apart_do_not_stop_the_topology()
    {
        var time = new ManualTime();
        var log = new SpoutLog();
        var result = await Running.RunAsync(
            topology =>
            {
                topology.Options = topology.Options with { MessageTimeout = Timeout.InfiniteTimeSpan };
                topology.SetSpout("numbers", () => new NumberSpout(20, log) { PerCall = 1 }).MaxSpoutPending(1);
                topology.SetBolt("frail", () => new FaultyBolt((_, _) =>
                {
                    time.Advance(TimeSpan.FromSeconds(15));
                    throw new InvalidOperationException("now and then");
                })).OnError(ErrorPolicy.RestartTask).ShuffleGrouping("numbers");
            },
            new LocalClusterOptions { Time = time });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(log.Failed, Is.EqualTo(20));
    }

    [Test]
    public async Task An_instance_that_cannot_be_prepared_gets_no_tuples_and_fails_the_run()
    {
        var made = 0;
        var unprepared = 0;
        var cleanedUp = new ConcurrentQueue<int>();
        var result = await Running.RunAsync(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 1 };
            topology.SetSpout("numbers", () => new NumberSpout(1000, new SpoutLog()));
            topology.SetBolt("frail", () =>
            {
                var instance = ++made;
                var prepared = false;
                return new FaultyBasicBolt((tuple, _) =>
                {
                    if (!prepared) unprepared++;
                    if (tuple[0].AsInt64() == 10) throw new InvalidOperationException("broken");
                })
                {
                    OnPrepare = _ => prepared = instance == 3 ? true : throw new InvalidOperationException("cannot start again"),
                    OnCleanup = () => cleanedUp.Enqueue(instance),
                };
            }).OnError(ErrorPolicy.RestartTask).ShuffleGrouping("numbers");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Failed));
        Assert.That(result.Failure?.Message, Is.EqualTo("frail[1] threw in Prepare: InvalidOperationException: cannot start again"));
        Assert.That(unprepared, Is.Zero);
        Assert.That(cleanedUp, Is.Unique);
    }

    [Test]
    public async Task An_instance_is_cleaned_up_once_though_no_fresh_one_can_be_made()
    {
        var made = 0;
        var cleanedUp = 0;
        var executedAfterCleanup = 0;
        var result = await Running.RunAsync(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 1 };
            topology.SetSpout("numbers", () => new NumberSpout(1000, new SpoutLog()));
            topology.SetBolt("frail", () => ++made > 3
                ? throw new InvalidOperationException("none left")
                : new FaultyBasicBolt((tuple, _) =>
                {
                    if (cleanedUp > 0) executedAfterCleanup++;
                    if (tuple[0].AsInt64() == 10) throw new InvalidOperationException("broken");
                })
                {
                    OnCleanup = () => cleanedUp++,
                }).OnError(ErrorPolicy.RestartTask).ShuffleGrouping("numbers");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Failed));
        Assert.That(result.Failure?.Message, Is.EqualTo("frail[1] threw in Prepare: InvalidOperationException: none left"));
        Assert.That(cleanedUp, Is.EqualTo(1));
        Assert.That(executedAfterCleanup, Is.Zero);
    }
}
