using System.Runtime.CompilerServices;
using Topology.Engine;

namespace Topology.Cluster.Tests;

public sealed class LocalClusterTests
{
    [Test]
    public async Task Runs_that_have_ended_are_dropped_while_the_cluster_goes_on()
    {
        const int Runs = 20;
        await using var cluster = new TestCluster();
        var lasting = cluster.Submit(topology => topology.SetSpout("idle", () => new FaultySpout(_ => { }, "number")));
        var ended = new List<WeakReference>();
        for (var i = 0; i < Runs; i++) ended.Add(await RunAndForgetAsync(cluster, i));

        await lasting.UntilAsync(() => CountAfterCollection(ended) == 0, "the runs to be collected");

        Assert.That(lasting.State, Is.EqualTo(RunState.Active));
    }

    [Test]
    public async Task A_run_that_has_ended_still_answers_who_holds_it()
    {
        var cluster = new TestCluster();
        var log = new SpoutLog();
        var run = cluster.Submit(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(10, log));
            topology.SetBolt("picky", () => new FaultyBasicBolt((tuple, _) =>
            {
                if (tuple[0].AsInt64() == 3) throw new InvalidOperationException("three");
            })).ShuffleGrouping("numbers");
        });
        var result = await run.EndAsync();
        await cluster.DisposeAsync();

        run.Activate();
        run.Deactivate();
        var again = await run.StopAsync();

        Assert.That(again, Is.SameAs(result));
        Assert.That(run.State, Is.EqualTo(RunState.Completed));
        Assert.That((run.Metrics["numbers"].Acked, run.Metrics["numbers"].Failed), Is.EqualTo((9, 1)));
        Assert.That(run.Errors.Select(e => e.ToString()), Is.EqualTo(["picky[2] Execute on (3): InvalidOperationException: three"]));
        Assert.That(run.Plan.Components, Has.Length.EqualTo(2));
    }

    [Test]
    public async Task The_end_of_the_cluster_stops_the_runs_that_are_left()
    {
        var cluster = new TestCluster();
        var completed = cluster.Submit(topology => topology.SetSpout("numbers", () => new NumberSpout(1, new SpoutLog())));
        var lasting = cluster.Submit(topology => topology.SetSpout("idle", () => new FaultySpout(_ => { }, "number")));
        var inactive = cluster.Submit(topology => topology.SetSpout("idle", () => new FaultySpout(_ => { }, "number")), active: false);
        await completed.EndAsync();

        await cluster.DisposeAsync();

        Assert.That((completed.State, lasting.State, inactive.State), Is.EqualTo((RunState.Completed, RunState.Stopped, RunState.Stopped)));
    }

    /// <summary>A method of its own, so that nothing of the run is left on the stack. One run in three is stopped, one fails, and one ends by itself.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> RunAndForgetAsync(TestCluster cluster, int number)
    {
        var run = cluster.Submit(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(number % 3 == 0 ? long.MaxValue : 10, new SpoutLog()));
            topology.SetBolt("bolt", () => new FaultyBasicBolt((_, _) => { })
            {
                OnPrepare = _ =>
                {
                    if (number % 3 == 1) throw new InvalidOperationException("no");
                },
            }).ShuffleGrouping("numbers");
        });
        if (number % 3 == 0) await run.StopAsync();
        await run.EndAsync();
        return new WeakReference(run.Worker);
    }

    private static int CountAfterCollection(List<WeakReference> references)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return references.Count(reference => reference.IsAlive);
    }
}
