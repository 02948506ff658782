using Topology.Engine;

namespace Topology.Cluster.Tests;

public sealed class ThrowingSpoutTests
{
    [Test]
    public async Task A_spout_that_throws_in_NextTuple_is_reported_and_asked_again()
    {
        var log = new SpoutLog();
        var other = new SpoutLog();
        var calls = 0;
        var next = 0;
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("bad", () => new FaultySpout(
                output =>
                {
                    if (calls++ % 2 == 0) throw new InvalidOperationException($"call {calls}");
                    output.Emit(next, next++);
                },
                "number")
            { Exhausted = () => next == 5, OnAck = log.Ack, OnFail = log.Fail });
            topology.SetSpout("good", () => new NumberSpout(1000, other));
            topology.SetBolt("count", () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("bad").ShuffleGrouping("good");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(result.IsLossless, Is.True);
        log.ShouldBeAckedOnce(5);
        other.ShouldBeAckedOnce(1000);
        Assert.That(result.Metrics["bad"].Errors, Is.EqualTo(5));
        Assert.That(result.Errors[0].ToString(), Is.EqualTo("bad[1] NextTuple: InvalidOperationException: call 1"));
    }

    [Test]
    public async Task A_spout_that_throws_after_it_emitted_keeps_what_it_emitted()
    {
        var log = new SpoutLog();
        var next = 0;
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("bad", () => new FaultySpout(
                output =>
                {
                    output.Emit(next, next++);
                    throw new InvalidOperationException("after the emit");
                },
                "number")
            { Exhausted = () => next == 20, OnAck = log.Ack, OnFail = log.Fail });
            topology.SetBolt("count", () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("bad");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        log.ShouldBeAckedOnce(20);
        Assert.That(result.Metrics["bad"].Errors, Is.EqualTo(20));
    }

    [Test]
    public async Task A_spout_that_throws_in_Ack_still_hears_of_every_other_tree()
    {
        var log = new SpoutLog();
        var next = 0;
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("bad", () => new FaultySpout(
                output =>
                {
                    while (next < 1000) output.Emit(next, next++);
                },
                "number")
            {
                Exhausted = () => next == 1000,
                OnAck = id =>
                {
                    log.Ack(id);
                    if (id % 3 == 0) throw new InvalidOperationException($"ack {id}");
                },
            });
            topology.SetBolt("count", () => new FaultyBasicBolt((_, _) => { }), parallelism: 2).ShuffleGrouping("bad");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        log.ShouldBeAckedOnce(1000);
        Assert.That(result.Metrics["bad"].Errors, Is.EqualTo(334));
        Assert.That(result.Errors.Select(e => e.Call).Distinct(), Is.EqualTo(["Ack"]));
        Assert.That(result.Errors[0].ToString(), Does.StartWith("bad[1] Ack: InvalidOperationException: ack "));
    }

    [Test]
    public async Task A_spout_that_throws_in_Fail_still_hears_of_every_other_tree()
    {
        var log = new SpoutLog();
        var next = 0;
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("bad", () => new FaultySpout(
                output =>
                {
                    while (next < 1000) output.Emit(next, next++);
                },
                "number")
            {
                Exhausted = () => next == 1000,
                OnAck = log.Ack,
                OnFail = (id, reason) =>
                {
                    log.Fail(id, reason);
                    throw new InvalidOperationException($"fail {id}");
                },
            });
            topology.SetBolt("half", () => new FaultyBasicBolt((tuple, _) =>
            {
                if (tuple[0].AsInt64() % 2 == 0) throw new FailTupleException("even");
            })).ShuffleGrouping("bad");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        log.ShouldBeAnsweredOnce(1000);
        Assert.That(log.Failed, Is.EqualTo(500));
        Assert.That(log.Fails.Select(f => f.Reason).Distinct(), Is.EqualTo([new FailReason(FailKind.Explicit, "half", 2, "even")]));
        Assert.That(result.Metrics["bad"].Errors, Is.EqualTo(500));
        Assert.That(result.Metrics["half"].Errors, Is.Zero, "a FailTupleException is no error");
        Assert.That(result.Errors[0].ToString(), Does.StartWith("bad[1] Fail: InvalidOperationException: fail "));
    }

    [Test]
    public async Task A_spout_that_throws_in_Open_fails_the_run_and_everything_is_cleaned_up()
    {
        var cleanedUp = 0;
        var asked = 0;
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("bad", () => new FaultySpout(_ => asked++, "number") { OnOpen = _ => throw new InvalidOperationException("no queue") });
            topology.SetBolt("count", () => new FaultyBasicBolt((_, _) => { }) { OnCleanup = () => cleanedUp++ }).ShuffleGrouping("bad");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Failed));
        Assert.That(result.IsLossless, Is.False);
        Assert.That(result.Failure?.Message, Is.EqualTo("bad[1] threw in Open: InvalidOperationException: no queue"));
        Assert.That(result.Failure?.InnerException, Is.TypeOf<InvalidOperationException>());
        Assert.That(result.Errors.Select(e => e.ToString()), Is.EqualTo(["bad[1] Open: InvalidOperationException: no queue"]));
        Assert.That(cleanedUp, Is.EqualTo(1));
        Assert.That(asked, Is.Zero);
    }

    [Test]
    public async Task A_spout_that_throws_in_Close_is_reported_and_the_run_completes()
    {
        var result = await Running.RunAsync(topology => topology.SetSpout("bad", () => new FaultySpout(_ => { }, "number")
        {
            Exhausted = () => true,
            OnClose = () => throw new InvalidOperationException("still busy"),
        }));

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(result.Errors.Select(e => e.ToString()), Is.EqualTo(["bad[1] Close: InvalidOperationException: still busy"]));
    }

    [Test]
    public async Task A_spout_that_throws_when_asked_whether_it_is_exhausted_is_reported_and_asked_again()
    {
        var asked = 0;
        var result = await Running.RunAsync(topology => topology.SetSpout("bad", () => new FaultySpout(_ => { }, "number")
        {
            Exhausted = () => ++asked > 3 ? true : throw new InvalidOperationException("who knows"),
        }));

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(result.Metrics["bad"].Errors, Is.EqualTo(3));
    }

    [Test]
    public async Task A_spout_that_throws_when_it_is_switched_on_or_off_is_reported_and_switched_all_the_same()
    {
        var next = 0;
        var enough = false;
        var log = new SpoutLog();
        await using var cluster = new TestCluster();
        var run = cluster.Submit(topology =>
        {
            topology.SetSpout("bad", () => new FaultySpout(output => output.Emit(next, next++), "number")
            {
                Exhausted = () => Volatile.Read(ref enough),
                OnAck = log.Ack,
                OnActivate = () => throw new InvalidOperationException("on"),
                OnDeactivate = () => throw new InvalidOperationException("off"),
            });
            topology.SetBolt("count", () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("bad");
        });
        await run.UntilAsync(() => log.Acked > 0, "the first tuple");
        run.Deactivate();
        await run.UntilAsync(() => run.Errors.Length == 1, "the first error");
        run.Activate();
        Volatile.Write(ref enough, true);
        var result = await run.EndAsync();

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(
            result.Errors.Select(e => e.ToString()),
            Is.EqualTo(["bad[1] Deactivate: InvalidOperationException: off", "bad[1] Activate: InvalidOperationException: on"]));
    }
}
