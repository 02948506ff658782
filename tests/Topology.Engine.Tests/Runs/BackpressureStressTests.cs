namespace Topology.Engine.Tests;

/// <summary>Real threads, and channels so small that every row waits for credit: a lost wake-up is a run that never ends.</summary>
public sealed class BackpressureStressTests
{
    private const int Tuples = 40_000;

    /// <summary>
    /// With so many trees pending as the first channel has room for, no new row comes to wake the middle bolt; and each of its rows overdraws, so that it waits for
    /// credit after each with the others still in front of it.
    /// </summary>
    [Test]
    public void A_run_whose_channels_are_always_full_ends([Values(1, 2, 8)] int capacity, [Values(2, 3)] int loops, [Values(false, true)] bool inBursts)
    {
        var executed = 0L;
        var fanOut = capacity + 1;
        var worker = new Worker(
            Simulation.PlanOf(topology => Build(topology, capacity, loops, inBursts ? capacity : 1_000, fanOut, () => Interlocked.Increment(ref executed))),
            new WorkerOptions { Seed = 5 });
        worker.Coordinator.SetActive(true);
        worker.Start();
        var ended = worker.Coordinator.Completion.Wait(TimeSpan.FromSeconds(60));
        worker.Stop();
        Assert.That(ended, Is.True, "It stands still although nothing holds it.");
        var result = worker.Coordinator.Completion.Result;
        Assert.That((result.State, result.IsLossless), Is.EqualTo((RunState.Completed, true)));
        Assert.That(executed, Is.EqualTo((long)fanOut * Tuples));
    }

    private static void Build(TopologyBuilder topology, int capacity, int loops, int pending, int fanOut, Action executed)
    {
        topology.Options = topology.Options with { EventLoops = loops, ChannelCapacity = capacity, MaxSpoutPending = pending, MessageTimeout = Timeout.InfiniteTimeSpan };
        topology.SetSpout("spout", () =>
        {
            var next = 0;
            return new InlineSpout(output =>
            {
                for (var room = output.Remaining; room > 0 && next < Tuples; room--) output.Emit(next, next++);
            })
            { Exhausted = () => next == Tuples };
        });
        topology.SetBolt("pass", () => new InlineBolt(
            (tuple, output) =>
            {
                for (var i = 0; i < fanOut; i++) output.Emit(tuple, tuple[0]);
                output.Ack(tuple);
            },
            "number"), 2).ShuffleGrouping("spout");
        topology.SetBolt("end", () => new InlineBolt((tuple, output) =>
        {
            executed();
            output.Ack(tuple);
        }), 2).ShuffleGrouping("pass");
    }
}
