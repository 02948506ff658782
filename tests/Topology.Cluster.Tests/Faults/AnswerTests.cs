using System.Collections.Concurrent;
using Topology.Testing;

namespace Topology.Cluster.Tests;

public sealed class AnswerTests
{
    [Test]
    public async Task A_tuple_that_Execute_leaves_unanswered_fails_at_once_as_forgotten()
    {
        // Time stands still: nothing waits for a timeout.
        var log = new SpoutLog();
        var result = await Running.RunAsync(
            topology =>
            {
                topology.SetSpout("numbers", () => new NumberSpout(100, log));
                topology.SetBolt("never", () => new FaultyBolt((_, _) => { })).ShuffleGrouping("numbers");
            },
            new LocalClusterOptions { Time = new ManualTime() });

        Assert.That(log.Failed, Is.EqualTo(100));
        Assert.That(log.Fails.Select(f => f.Reason).Distinct(), Is.EqualTo([new FailReason(FailKind.Forgotten, "never", 1, "Execute returned without Ack, Fail or Hold")]));
        Assert.That(result.Errors[0].ToString(), Does.StartWith("never[1] Execute: AnswerException: Execute returned without Ack, Fail or Hold."));
        Assert.That(result.Metrics["never"].FailedByReason[FailKind.Forgotten], Is.EqualTo(100));
    }

    [Test]
    public async Task A_second_ack_is_caught_and_changes_nothing()
    {
        // The first of two parallel branches acks twice: XORed in twice, its edge would stay open for ever.
        var log = new SpoutLog();
        var caught = 0;
        var result = await Running.RunAsync(
            topology =>
            {
                topology.SetSpout("numbers", () => new NumberSpout(100, log));
                topology.SetBolt("twice", () => new FaultyBolt((tuple, output) =>
                {
                    output.Ack(tuple);
                    try
                    {
                        output.Ack(tuple);
                    }
                    catch (AnswerException)
                    {
                        caught++;
                    }
                })).ShuffleGrouping("numbers");
                topology.SetBolt("once", () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("numbers");
            },
            new LocalClusterOptions { Time = new ManualTime() });

        log.ShouldBeAckedOnce(100);
        Assert.That(caught, Is.EqualTo(100));
        Assert.That(result.Metrics["twice"].Acked, Is.EqualTo(100));
        Assert.That(result.Metrics["twice"].Errors, Is.Zero);
    }

    [Test]
    public async Task A_second_answer_that_nobody_catches_is_reported_and_the_first_one_counts()
    {
        var log = new SpoutLog();
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(4, log));
            topology.SetBolt("twice", () => new FaultyBolt((tuple, output) =>
            {
                var failsFirst = tuple[0].AsInt64() % 2 == 0;
                if (failsFirst) output.Fail(tuple, "first");
                output.Ack(tuple);
                output.Fail(tuple, "second");
            })).ShuffleGrouping("numbers");
        });

        Assert.That(log.AckedIds, Is.EqualTo([1L, 3L]));
        Assert.That(log.Fails.Select(f => f.Reason).Distinct(), Is.EqualTo([new FailReason(FailKind.Explicit, "twice", 2, "first")]));
        Assert.That(result.Metrics["twice"].Errors, Is.EqualTo(4));
        Assert.That(result.Errors[0].ToString(), Does.StartWith("twice[2] Execute on (0): AnswerException: This tuple was acked, failed or held before."));
    }

    [Test]
    public async Task An_emit_anchored_to_an_acked_tuple_is_refused()
    {
        var log = new SpoutLog();
        var received = new Tally(10);
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(10, log));
            topology.SetBolt("late", () => new FaultyBolt(
                (tuple, output) =>
                {
                    output.Ack(tuple);
                    output.Emit(tuple, tuple[0]);
                },
                "number")).ShuffleGrouping("numbers");
            topology.SetBolt("count", received.Bolt).ShuffleGrouping("late");
        });

        log.ShouldBeAckedOnce(10);
        received.ShouldHoldEach(0);
        Assert.That(result.Metrics["late"].Errors, Is.EqualTo(10));
    }

    [Test]
    public async Task Tuples_that_are_held_and_forgotten_fail_after_the_message_timeout_and_the_bolt_is_named()
    {
        var time = new ManualTime();
        var log = new SpoutLog();
        await using var cluster = new TestCluster(new LocalClusterOptions { Time = time });
        var run = cluster.Submit(topology =>
        {
            topology.Options = topology.Options with { MessageTimeout = TimeSpan.FromSeconds(10) };
            topology.SetSpout("numbers", () => new NumberSpout(50, log));
            topology.SetBolt("keeps", () => new FaultyBolt((tuple, output) => output.Hold(tuple))).ShuffleGrouping("numbers");
            topology.SetBolt("answers", () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("numbers");
        });
        await run.UntilAsync(() => run.Metrics["keeps"].Executed == 50 && run.Metrics["answers"].Acked == 50, "all to be held");
        time.Advance(TimeSpan.FromSeconds(9));
        await run.UntilAsync(() => run.Metrics["numbers"].QueueDepth == 0, "a look");
        Assert.That(log.Answered, Is.Zero, "nothing fails before the timeout");

        time.Advance(TimeSpan.FromSeconds(2.1));
        var result = await run.EndAsync();

        Assert.That(log.Failed, Is.EqualTo(50));
        Assert.That(log.Fails.Select(f => f.Reason.Kind), Is.All.AnyOf(FailKind.Timeout, FailKind.Forgotten));
        Assert.That(result.Metrics["keeps"].FailedByReason[FailKind.Forgotten], Is.EqualTo(50));
        Assert.That(result.Errors.Select(e => e.ToString()), Is.EqualTo([
            "keeps[2] Hold: AnswerException: 50 tuples were held for longer than the message timeout of 00:00:10 and count as forgotten. Ack or fail every held tuple."]));
    }

    [Test]
    public async Task A_held_tuple_is_answered_once_and_a_second_answer_is_caught()
    {
        var log = new SpoutLog();
        var held = new ConcurrentQueue<HeldTuple>();
        var refused = 0;
        await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(100, log));
            topology.SetBolt("pairs", () => new FaultyBolt((tuple, output) =>
            {
                held.Enqueue(output.Hold(tuple));
                if (held.Count < 2) return;
                foreach (var one in held)
                {
                    output.Ack(one);
                    Assert.That(() => output.Ack(one), Throws.TypeOf<AnswerException>());
                    Assert.That(() => output.Fail(one), Throws.TypeOf<AnswerException>());
                    refused++;
                }

                held.Clear();
            })).ShuffleGrouping("numbers");
        });

        log.ShouldBeAckedOnce(100);
        Assert.That(refused, Is.EqualTo(100));
    }

    [Test]
    public async Task A_bolt_that_holds_a_tuple_and_then_throws_fails_it_at_once()
    {
        var log = new SpoutLog();
        await Running.RunAsync(
            topology =>
            {
                topology.SetSpout("numbers", () => new NumberSpout(10, log));
                topology.SetBolt("bad", () => new FaultyBolt((tuple, output) =>
                {
                    output.Hold(tuple);
                    throw new InvalidOperationException("after all");
                })).ShuffleGrouping("numbers");
            },
            new LocalClusterOptions { Time = new ManualTime() });

        Assert.That(log.Failed, Is.EqualTo(10));
        Assert.That(log.Fails.First().Reason, Is.EqualTo(new FailReason(FailKind.BoltError, "bad", 1, "InvalidOperationException: after all")));
    }

    [Test]
    public async Task A_tick_needs_no_answer_and_cannot_be_given_one()
    {
        var time = new ManualTime();
        var refused = 0;
        await using var cluster = new TestCluster(new LocalClusterOptions { Time = time });
        var run = cluster.Submit(topology =>
        {
            topology.SetSpout("silent", () => new FaultySpout(_ => { }, "number"));
            topology.SetBolt("ticks", () => new FaultyBolt((tuple, output) =>
            {
                try
                {
                    output.Ack(tuple);
                }
                catch (AnswerException)
                {
                    refused++;
                }
            })).TickEvery(TimeSpan.FromSeconds(1)).ShuffleGrouping("silent");
        });
        await run.UntilAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMilliseconds(100));
                return refused > 0;
            },
            "a tick");
        Assert.That(run.Errors, Is.Empty);
    }
}
