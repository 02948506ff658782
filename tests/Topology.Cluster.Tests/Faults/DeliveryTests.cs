using Topology.Engine;
using Topology.Testing;

namespace Topology.Cluster.Tests;

public sealed class DeliveryTests
{
    [Test]
    public async Task At_most_once_acks_at_the_emit_and_hears_of_no_failure()
    {
        var log = new SpoutLog();
        var ackedWithinEmit = 0;
        var next = 0;
        var result = await Running.RunAsync(topology =>
        {
            topology.Options = topology.Options with { Delivery = Delivery.AtMostOnce };
            topology.SetSpout("numbers", () => new FaultySpout(
                output =>
                {
                    output.Emit(next, next);
                    if (log.Acked == ++next) ackedWithinEmit++;
                },
                "number")
            { Exhausted = () => next == 1000, OnAck = log.Ack, OnFail = log.Fail });
            topology.SetBolt("half", () => new FaultyBasicBolt((tuple, _) =>
            {
                if (tuple[0].AsInt64() % 2 == 0) throw new InvalidOperationException("even");
            })).ShuffleGrouping("numbers");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(ackedWithinEmit, Is.EqualTo(1000));
        log.ShouldBeAckedOnce(1000);
        Assert.That(result.Metrics["half"].Executed, Is.EqualTo(1000));
        Assert.That(result.Metrics["half"].Errors, Is.EqualTo(500));
        Assert.That(result.Metrics["half"].FailedByReason[FailKind.BoltError], Is.EqualTo(500));
    }

    [Test]
    public async Task At_most_once_still_works_off_every_row_before_it_ends()
    {
        const int Count = 50_000;
        var tally = new Tally(Count);
        var log = new SpoutLog();
        await Running.RunAsync(topology =>
        {
            topology.Options = topology.Options with { Delivery = Delivery.AtMostOnce, EventLoops = 2, ChannelCapacity = 64 };
            topology.SetSpout("numbers", () => new NumberSpout(Count, log));
            topology.SetBolt("relay", () => new FaultyBasicBolt((tuple, output) => output.Emit(tuple[0]), "number"), parallelism: 2).ShuffleGrouping("numbers");
            topology.SetBolt("count", tally.Bolt).ShuffleGrouping("relay");
        });

        tally.ShouldHoldEach(1);
        log.ShouldBeAckedOnce(Count);
    }

    [Test]
    public async Task An_untracked_spout_ends_when_its_last_row_is_worked_off_and_gathered_output_is_too()
    {
        const int Count = 50_000;
        var tally = new Tally(Count);
        long sum = 0;
        await Running.RunAsync(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 2 };
            topology.SetSpout("numbers", () => new UntrackedNumberSpout(Count));
            topology.SetBolt("gather", () =>
            {
                var total = 0L;
                return new FaultyBasicBolt(
                    (tuple, _) =>
                    {
                        tally.Add(tuple[0].AsInt64());
                        total += tuple[0].AsInt64();
                    },
                    "total")
                { OnFinish = output => output.Emit(total) };
            }, parallelism: 3).ShuffleGrouping("numbers");
            topology.SetBolt("sum", () => new FaultyBasicBolt((tuple, _) => sum += tuple[0].AsInt64())).GlobalGrouping("gather");
        });

        tally.ShouldHoldEach(1);
        Assert.That(sum, Is.EqualTo((long)Count * (Count - 1) / 2));
    }

    [Test]
    public async Task A_tree_fails_after_the_timeout_and_not_before_and_the_late_ack_changes_nothing()
    {
        var time = new ManualTime();
        var log = new SpoutLog();
        using var gate = new ManualResetEventSlim();
        await using var cluster = new TestCluster(new LocalClusterOptions { Time = time });
        var run = cluster.Submit(topology =>
        {
            topology.Options = topology.Options with { MessageTimeout = TimeSpan.FromSeconds(10), EventLoops = 2 };
            topology.SetSpout("numbers", () => new NumberSpout(20, log));
            topology.SetBolt("slow", () => new FaultyBasicBolt((_, _) => gate.Await())).ShuffleGrouping("numbers");
            topology.SetSpout("endless", () => new FaultySpout(_ => { }, "number"));
        });
        await run.UntilAsync(() => run.Metrics["slow"].QueueDepth == 20, "all to be on their way");
        time.Advance(TimeSpan.FromSeconds(9.9));
        await run.UntilAsync(() => run.Worker.Ackers[0].Now >= 9_900_000_000, "the acker to look");
        Assert.That(log.Failed, Is.Zero);
        time.Advance(TimeSpan.FromSeconds(1.2));
        await run.UntilAsync(() => log.Failed == 20, "all to time out");
        gate.Set();
        await run.UntilAsync(() => run.Metrics.LateAckMessages == 20, "the late acks");

        Assert.That(log.Fails.Select(f => f.Reason).Distinct(), Is.EqualTo([new FailReason(FailKind.Timeout)]));
        Assert.That(log.Acked, Is.Zero);
        Assert.That(run.Metrics["numbers"].FailedByReason[FailKind.Timeout], Is.EqualTo(20));
    }
}
