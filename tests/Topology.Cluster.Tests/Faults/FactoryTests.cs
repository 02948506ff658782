using Topology.Engine;

namespace Topology.Cluster.Tests;

public sealed class FactoryTests
{
    [Test]
    public async Task A_factory_that_returns_the_same_instance_twice_is_refused_by_Build()
    {
        var bolt = new FaultyBasicBolt((_, _) => { });
        var spout = new NumberSpout(1, new SpoutLog());
        await using var cluster = new TestCluster();
        var errors = Assert.Throws<InvalidTopologyException>(() => cluster.Submit(topology =>
        {
            topology.SetSpout("numbers", () => spout);
            topology.SetBolt("count", () => bolt).ShuffleGrouping("numbers");
        })).Errors;

        Assert.That(errors, Has.Count.EqualTo(2));
        Assert.That(errors, Has.Some.Contains("'count'").And.Some.Contains("its factory returned the same instance twice; have it make a new one on each call, as in () => new FaultyBasicBolt(…)"));
        Assert.That(errors, Has.Some.Contains("'numbers'"));
    }

    [Test]
    public async Task A_bolts_factory_that_throws_when_the_run_starts_fails_the_run()
    {
        var calls = 0;
        var result = await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(1, new SpoutLog()));
            topology.SetBolt("late", () => ++calls <= 2 ? new FaultyBasicBolt((_, _) => { }) : throw new InvalidOperationException("no more")).ShuffleGrouping("numbers");
        });

        Assert.That(result.State, Is.EqualTo(RunState.Failed));
        Assert.That(result.Failure?.Message, Is.EqualTo("late[1] threw in Prepare: InvalidOperationException: no more"));
    }

    [Test]
    public async Task A_spouts_factory_that_throws_when_the_run_starts_fails_the_run()
    {
        var calls = 0;
        var result = await Running.RunAsync(topology =>
            topology.SetSpout("late", () => ++calls <= 3 ? new NumberSpout(1, new SpoutLog()) : throw new InvalidOperationException("no more"), parallelism: 4));

        Assert.That(result.State, Is.EqualTo(RunState.Failed));
        Assert.That(result.Failure?.Message, Does.EndWith("threw in Open: InvalidOperationException: no more"));
    }

    [Test]
    public async Task Each_task_of_a_run_has_one_instance_of_its_own_made_once()
    {
        var spouts = 0;
        var bolts = 0;
        var opened = 0;
        var prepared = 0;
        await Running.RunAsync(topology =>
        {
            topology.SetSpout("numbers", () =>
            {
                spouts++;
                return new FaultySpout(_ => { }, "number") { Exhausted = () => true, OnOpen = _ => Interlocked.Increment(ref opened) };
            }).SetTasks(3);
            topology.SetBolt("count", () =>
            {
                bolts++;
                return new FaultyBasicBolt((_, _) => { }) { OnPrepare = _ => Interlocked.Increment(ref prepared) };
            }).SetTasks(3).ShuffleGrouping("numbers");
        });

        // Two of each were made for the checks.
        Assert.That((opened, prepared), Is.EqualTo((3, 3)));
        Assert.That(bolts, Is.EqualTo(2 + 3));
        Assert.That(spouts, Is.EqualTo(2 + 3));
    }
}
