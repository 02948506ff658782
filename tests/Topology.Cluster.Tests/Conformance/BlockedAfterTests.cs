using Topology.Engine;
using Topology.Testing;

namespace Topology.Cluster.Tests.Conformance;

public sealed class BlockedAfterTests
{
    [TestCase("none", false)]
    [TestCase("1ms", true)]
    public async Task A_loop_goes_to_another_thread_only_where_a_blocked_executor_has_a_limit(string blockedAfter, bool handsOver)
    {
        var feeder = new Feeder(["value"]);
        LocalRun? run = null;
        await using var cluster = new LocalCluster();
        var topology = new InlineTopology(builder =>
        {
            builder.SetSpout("spout", () => new FeederSpout(feeder));
            builder.SetBolt("bolt", () => new InlineBolt([], (tuple, output) =>
            {
                BlockForSeveralLooks(run!);
                output.Ack(tuple);
            })).ShuffleGrouping("spout");
        });
        run = cluster.Submit(topology, settings: new Dictionary<string, string> { ["topology.blocked-after"] = blockedAfter, ["topology.event-loops"] = "1" });
        feeder.Feed(1);
        feeder.End();

        var result = await run.Completion.WaitAsync(Stage.Patience);

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(run.Worker.Watchdog.HandOffs > 0, Is.EqualTo(handsOver));
    }

    // Each look of the watchdog tells the executor that its turn has lasted; the thread waits in between, as one that is blocked does.
    private static void BlockForSeveralLooks(LocalRun run)
    {
        var executor = run.Worker.Bolts[0];
        using var never = new ManualResetEventSlim(initialState: false, spinCount: 0);
        for (var looks = 0; looks < 8; looks++)
        {
            executor.IsOverdue = false;
            while (!Volatile.Read(ref executor.IsOverdue) && run.Worker.Watchdog.HandOffs == 0) never.Wait(10);
        }
    }
}
