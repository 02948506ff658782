using Topology.Engine;
using Topology.Testing;

namespace Topology.Cluster.Tests;

public sealed class EmitLimitTests
{
    private const int Million = 1_000_000;

    [Test]
    public async Task One_input_may_emit_a_million_tuples([Values(1, 2)] int loops)
    {
        var log = new SpoutLog();
        var received = new Tally(Million);
        var result = await Running.RunAsync(topology =>
        {
            topology.Options = topology.Options with { EventLoops = loops };
            topology.SetSpout("numbers", () => new NumberSpout(2, log));
            topology.SetBolt("fan", () => Fan(Million)).ShuffleGrouping("numbers");
            topology.SetBolt("count", received.Bolt).ShuffleGrouping("fan");
        });

        Assert.That(result.Errors, Is.Empty);
        received.ShouldHoldEach(2);
        log.ShouldBeAckedOnce(2);
    }

    [Test]
    public async Task An_emit_beyond_the_outbox_limit_fails_the_input_names_the_limit_and_the_bolt_goes_on()
    {
        const int Limit = 1000;
        var log = new SpoutLog();
        var received = new Tally(Million);
        var result = await Running.RunAsync(topology =>
        {
            // Of one loop nothing runs meanwhile, so downstream stays full.
            topology.Options = topology.Options with { EventLoops = 1, OutboxLimit = Limit, ChannelCapacity = 100 };
            topology.SetSpout("numbers", () => new NumberSpout(4, log));
            topology.SetBolt("fan", () => Fan(Million, n => n % 2 == 0 ? Million : 10)).ShuffleGrouping("numbers");
            topology.SetBolt("count", received.Bolt).ShuffleGrouping("fan");
        });

        Assert.That(log.AckedIds, Is.EqualTo([1L, 3L]));
        Assert.That(log.FailedIds, Is.EqualTo([0L, 2L]));
        Assert.That(log.Fails.Select(f => f.Reason with { Detail = null }).Distinct(), Is.EqualTo([new FailReason(FailKind.BoltError, "fan", 2)]));
        Assert.That(log.Fails.First().Reason.Detail, Does.Contain("fan emitted more than 1,000 tuples for one input").And.Contain("topology.outbox-limit"));
        Assert.That(result.Errors, Has.Length.EqualTo(2));
        Assert.That(result.Metrics["fan"].Emitted, Is.EqualTo(received.Total), "what was emitted before arrived");
        Assert.That(received.Total, Is.InRange(2 * Limit, (2 * Limit) + 300));
    }

    [Test]
    public async Task A_spout_has_the_whole_outbox_limit_whatever_its_consumers([Values(1, 2)] int consumers, [Values] Delivery delivery)
    {
        const int Limit = 1000;
        const int Capacity = 100;
        var emitted = 0;
        var thrown = "";
        var done = false;
        await Running.RunAsync(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 1, OutboxLimit = Limit, ChannelCapacity = Capacity, Delivery = delivery };
            topology.SetSpout("numbers", () => new FaultySpout(
                output =>
                {
                    done = true;
                    try
                    {
                        for (; emitted < 10_000; emitted++) output.Emit(emitted, emitted);
                    }
                    catch (EmitException exception)
                    {
                        thrown = exception.Message;
                    }
                },
                "number")
            { Exhausted = () => done });
            for (var i = 0; i < consumers; i++) topology.SetBolt($"count-{i}", () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("numbers");
        });

        Assert.That(thrown, Does.Contain("numbers emitted more than 1,000 tuples"));
        Assert.That(emitted, Is.InRange(Capacity + Limit, Capacity + Limit + 1));
    }

    [Test]
    public async Task A_tuple_of_the_wrong_arity_fails_its_input_and_names_the_fields()
    {
        var log = new SpoutLog();
        var received = new Tally(10);
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(10, log));
            topology.SetBolt("wide", () => new FaultyBasicBolt(
                (tuple, output) =>
                {
                    if (tuple[0].AsInt64() == 5) output.Emit(tuple[0], 1, 2);
                    else output.Emit(tuple[0], 1);
                },
                "number",
                "one")).ShuffleGrouping("numbers");
            topology.SetBolt("count", received.Bolt).ShuffleGrouping("wide");
        });

        Assert.That(log.FailedIds, Is.EqualTo([5L]));
        Assert.That(log.Fails.Single().Reason with { Detail = null }, Is.EqualTo(new FailReason(FailKind.BoltError, "wide", 3)));
        Assert.That(log.Fails.Single().Reason.Detail, Does.Contain("wide emitted 3 values on the default stream, which has 2 fields"));
        Assert.That(received.Total, Is.EqualTo(9));
        Assert.That(result.Errors.Single().ToString(), Does.StartWith("wide[3] Execute on (5): EmitException: wide emitted 3 values"));
    }

    [Test]
    public async Task A_spout_that_emits_the_wrong_arity_is_told_and_nothing_leaves()
    {
        var received = new Tally(1);
        var acked = 0;
        var polls = 0;
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("bad", () => new FaultySpout(
                output =>
                {
                    polls++;
                    if (polls <= 2) output.Emit(polls, 1, 2);
                    else output.Emit(polls, 0);
                },
                "number")
            { Exhausted = () => polls == 3, OnAck = _ => acked++ });
            topology.SetBolt("count", received.Bolt).ShuffleGrouping("bad");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Completed), "a refused emit leaves nothing pending");
        Assert.That(result.Errors.Select(e => e.Call), Is.EqualTo(["NextTuple", "NextTuple"]));
        Assert.That(result.Errors[0].ToString(), Does.StartWith("bad[1] NextTuple: EmitException: bad emitted 2 values on the default stream, which has 1 fields"));
        Assert.That(received.Total, Is.EqualTo(1));
        Assert.That(acked, Is.EqualTo(1));
    }

    [Test]
    public async Task A_value_of_64_MB_fails_its_tuple_and_names_the_limit([Values] bool text)
    {
        Value huge = text ? new string('x', 32 * 1024 * 1024) : new byte[64 * 1024 * 1024];
        var log = new SpoutLog();
        var received = new Tally(10);
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(10, log));
            topology.SetBolt("huge", () => new FaultyBasicBolt((tuple, output) => output.Emit(tuple[0], tuple[0].AsInt64() == 3 ? huge : Value.Null), "number", "load"))
                .ShuffleGrouping("numbers");
            topology.SetBolt("count", received.Bolt).ShuffleGrouping("huge");
        });

        Assert.That(log.FailedIds, Is.EqualTo([3L]));
        Assert.That(log.Fails.Single().Reason with { Detail = null }, Is.EqualTo(new FailReason(FailKind.BoltError, "huge", 2)));
        Assert.That(log.Fails.Single().Reason.Detail, Does.Contain("67,108,864 bytes").And.Contain("8,388,608 bytes").And.Contain("topology.max-value"));
        Assert.That(result.Errors.Single().ToString(), Does.StartWith("huge[2] Execute on (3): EmitException: huge emitted a value of 67,108,864 bytes"));
        Assert.That(received.Total, Is.EqualTo(9));
    }

    [Test]
    public async Task A_value_of_the_limit_passes_and_one_byte_more_does_not()
    {
        var log = new SpoutLog();
        await Running.RunAsync(topology =>
        {
            topology.Options = topology.Options with { MaxValueBytes = 1000 };
            topology.SetSpout("numbers", () => new NumberSpout(2, log));
            topology.SetBolt("sized", () => new FaultyBasicBolt((tuple, output) => output.Emit(new byte[1000 + tuple[0].AsInt64()]), "load")).ShuffleGrouping("numbers");
            topology.SetBolt("sink", () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("sized");
        });

        Assert.That(log.AckedIds, Is.EqualTo([0L]));
        Assert.That(log.FailedIds, Is.EqualTo([1L]));
    }

    [Test]
    public async Task A_tracked_emit_beyond_the_room_that_Remaining_told_is_refused()
    {
        const int Room = 8;
        var log = new SpoutLog();
        var told = new List<int>();
        var refused = "";
        using var gate = new ManualResetEventSlim();
        await using var cluster = new TestCluster(new LocalClusterOptions { Time = new ManualTime() });
        var next = 0;
        var run = cluster.Submit(topology =>
        {
            topology.SetSpout("greedy", () => new FaultySpout(
                output =>
                {
                    told.Add(output.Remaining);
                    try
                    {
                        while (next < 20) output.Emit(next, next++);
                    }
                    catch (EmitException exception)
                    {
                        next--;
                        refused = exception.Message;
                        told.Add(output.Remaining);
                    }
                },
                "number")
            { Exhausted = () => next == 20, OnAck = log.Ack, OnFail = log.Fail }).MaxSpoutPending(Room);
            topology.SetBolt("waits", () => new FaultyBasicBolt((_, _) => gate.Await())).ShuffleGrouping("greedy");
        });
        await run.UntilAsync(() => refused.Length > 0, "an emit to be refused");
        Assert.That(run.Metrics["greedy"].Pending, Is.EqualTo(Room));
        gate.Set();
        await run.EndAsync();

        Assert.That(told[..2], Is.EqualTo([Room, 0]));
        Assert.That(refused, Does.StartWith("greedy[1] emitted beyond its max-spout-pending of 8 trees."));
        log.ShouldBeAckedOnce(20);
    }

    private static FaultyBasicBolt Fan(int limit, Func<long, int>? count = null) => new(
        (tuple, output) =>
        {
            var tuples = count?.Invoke(tuple[0].AsInt64()) ?? limit;
            for (var i = 0; i < tuples; i++) output.Emit(i);
        },
        "number");
}
