using System.Collections.Concurrent;

namespace Topology.Cluster.Tests;

public sealed class LateAckTests
{
    [Test]
    public async Task Acks_that_come_after_their_trees_have_failed_are_counted_and_take_no_memory()
    {
        const int Count = 1_000_000;
        long failed = 0;
        long next = 0;
        var late = new ConcurrentQueue<(long Number, HeldTuple Tuple)>();
        await using var cluster = new TestCluster();
        var run = cluster.Submit(topology =>
        {
            topology.Options = topology.Options with { MaxSpoutPending = 4096 };
            topology.SetSpout("numbers", () => new FaultySpout(
                output =>
                {
                    for (var room = output.Remaining; room > 0 && next < Count; room--) output.Emit(next, next++);
                },
                "number")
            { Exhausted = () => next == Count, OnFail = (_, _) => Interlocked.Increment(ref failed) });
            topology.SetBolt("fails", () => new FaultyBolt(
                (tuple, output) =>
                {
                    output.Emit(tuple, tuple[0]);
                    output.Fail(tuple);
                },
                "number")).ShuffleGrouping("numbers");
            topology.SetBolt("late", () => new FaultyBolt((tuple, output) =>
            {
                // Trees fail in order, so that the first of those held here are certain to have failed.
                if (!tuple.IsTick) late.Enqueue((tuple[0].AsInt64(), output.Hold(tuple)));
                while (late.TryPeek(out var first) && first.Number < Interlocked.Read(ref failed))
                {
                    late.TryDequeue(out _);
                    output.Ack(first.Tuple);
                }
            })).TickEvery(TimeSpan.FromMilliseconds(5)).ShuffleGrouping("fails");
            topology.SetSpout("endless", () => new FaultySpout(_ => { }, "number"));
        });

        await run.UntilAsync(() => run.Metrics.LateAckMessages > Count / 4, "a quarter of the late acks");
        var early = GC.GetTotalMemory(forceFullCollection: true);
        await run.UntilAsync(() => run.Metrics.LateAckMessages == Count, "the last of the late acks");
        var grown = GC.GetTotalMemory(forceFullCollection: true) - early;

        Assert.That(Interlocked.Read(ref failed), Is.EqualTo(Count));
        Assert.That(run.Metrics["late"].Acked, Is.EqualTo(Count));
        Assert.That(run.Worker.Ackers.Sum(a => a.Late), Is.EqualTo(Count));
        // 750,000 entries of even 16 bytes would be 12 MB.
        Assert.That(grown, Is.LessThan(1_000_000));
        var result = await run.StopAsync();
        Assert.That(result.Metrics["numbers"].Failed, Is.EqualTo(Count));
    }
}
