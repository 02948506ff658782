using Topology.Engine;

namespace Topology.Cluster.Tests;

public sealed class RestartingSpoutTests
{
    [Test]
    public async Task A_spout_that_throws_is_closed_and_a_fresh_instance_is_opened()
    {
        var log = new SpoutLog();
        var made = 0;
        var closed = new List<int>();
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("frail", () =>
            {
                var instance = ++made;
                var next = 0;
                return new FaultySpout(
                    output =>
                    {
                        if (instance == 3) throw new InvalidOperationException("broken");
                        output.Emit(next, next++);
                    },
                    "number")
                { Exhausted = () => next == 10, OnAck = log.Ack, OnClose = () => closed.Add(instance) };
            }).OnError(ErrorPolicy.RestartTask);
            topology.SetBolt("sink", () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("frail");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        log.ShouldBeAckedOnce(10);
        Assert.That(closed, Is.EqualTo([3, 4]));
        Assert.That(result.Errors.Select(e => e.ToString()), Is.EqualTo(["frail[1] NextTuple: InvalidOperationException: broken"]));
        Assert.That(result.IsLossless, Is.True, "nothing was pending");
    }

    [Test]
    public async Task Pending_trees_are_dropped_and_counted_and_the_fresh_instance_hears_only_of_its_own()
    {
        // The first instance has 100 trees pending when it throws; the fresh one emits as many, which take the same places, before the old ones end.
        const int Count = 100;
        var made = 0;
        var logs = new SpoutLog[8];
        using var gate = new ManualResetEventSlim();
        var stranger = 0;
        await using var cluster = new TestCluster();
        var run = cluster.Submit(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 1 };
            topology.SetSpout("frail", () =>
            {
                var instance = ++made;
                var log = logs[instance] = new SpoutLog();
                var next = 0;
                return new FaultySpout(
                    output =>
                    {
                        if (instance == 3 && next == Count) throw new InvalidOperationException("broken");
                        while (next < Count)
                        {
                            log.Emit();
                            output.Emit((instance * 1000) + next++, instance);
                        }
                    },
                    "instance")
                {
                    Exhausted = () => instance != 3 && next == Count,
                    OnAck = id =>
                    {
                        if (id / 1000 != instance) stranger++;
                        log.Ack(id % 1000);
                    },
                    OnFail = (id, reason) => log.Fail(id % 1000, reason),
                };
            }).OnError(ErrorPolicy.RestartTask).MaxSpoutPending(128);
            topology.SetBolt("waits", () => new FaultyBolt((tuple, output) =>
            {
                gate.Await();
                // Of the new trees every second one fails: an end of an old one taken for theirs would show.
                if (tuple[0].AsInt64() == 4 && tuple.Row % 2 == 0) output.Fail(tuple);
                else output.Ack(tuple);
            })).ShuffleGrouping("frail");
        });
        await run.UntilAsync(() => logs[4]?.Emitted == Count, "the fresh instance to emit");
        gate.Set();
        var result = await run.EndAsync();

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(logs[3].Answered, Is.Zero);
        Assert.That(stranger, Is.Zero);
        logs[4].ShouldBeAnsweredOnce(Count);
        Assert.That(result.Metrics["frail"].Lost, Is.EqualTo(Count));
        Assert.That(result.IsLossless, Is.False);
    }

    [Test]
    public async Task Records_that_waited_for_a_retry_are_dropped_and_counted_too()
    {
        var made = 0;
        var failed = 0;
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("frail", () =>
            {
                var count = ++made == 3 ? 6 : 0;
                var policy = new ReplayPolicy { MaxAttempts = 100, InitialDelay = TimeSpan.FromHours(1), MaxDelay = TimeSpan.FromHours(1) };
                return new ReplayingNumberSpout(count, new SpoutLog(), policy)
                {
                    CanRead = record => record < 5 || Volatile.Read(ref failed) == 5,
                    Emits = (record, output) =>
                    {
                        if (record == 5) throw new InvalidOperationException("broken");
                        output.Emit(record);
                    },
                };
            }).OnError(ErrorPolicy.RestartTask);
            topology.SetBolt("fails", () => new FaultyBasicBolt((_, _) =>
            {
                Interlocked.Increment(ref failed);
                throw new FailTupleException("not now");
            })).ShuffleGrouping("frail");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(result.Metrics["frail"].Lost, Is.EqualTo(6));
        Assert.That(result.IsLossless, Is.False);
    }

    [Test]
    public async Task More_than_five_restarts_within_a_minute_stop_the_topology()
    {
        var made = 0;
        var result = await Running.RunAsync(topology =>
            topology.SetSpout("frail", () =>
            {
                made++;
                return new FaultySpout(_ => throw new InvalidOperationException("always"), "number");
            }).OnError(ErrorPolicy.RestartTask));

        Assert.That(result.State, Is.EqualTo(RunState.Failed));
        Assert.That(result.Failure?.Message, Is.EqualTo("frail[1] was restarted 5 times within a minute and threw again in NextTuple: InvalidOperationException: always"));
        Assert.That(made, Is.EqualTo(2 + 1 + 5));
    }
}
