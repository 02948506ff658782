namespace Topology.Engine.Tests;

public sealed class LoopAssignmentTests
{
    [Test]
    public void Every_executor_has_one_loop_and_its_place_in_it([Values(1, 2, 3, 8)] int loops)
    {
        var worker = WorkerOf(loops, bolts: 5, ackers: 2);
        Assert.That(worker.Loops.SelectMany(l => l.Executors), Is.EquivalentTo(worker.Executors));
        foreach (var loop in worker.Loops)
        {
            for (var place = 0; place < loop.Executors.Count; place++)
            {
                Assert.That(loop.Executors[place].Place, Is.EqualTo(place));
                Assert.That(loop.Executors[place].Home, Is.SameAs(loop));
                Assert.That(loop.Executors[place].Host, Is.SameAs(loop));
            }
        }
    }

    [Test]
    public void Loops_carry_about_the_same_weight([Values(2, 3, 5)] int loops)
    {
        var worker = WorkerOf(loops, bolts: 9, ackers: 3);
        var weights = worker.Loops.Select(l => l.Executors.Sum(e => e switch { SpoutExecutor => 3, BoltExecutor => 2, _ => 1 })).ToArray();
        Assert.That(weights.Max() - weights.Min(), Is.LessThanOrEqualTo(2));
    }

    [Test]
    public void A_spout_and_the_bolt_it_feeds_lie_apart_where_there_are_two_loops()
    {
        var worker = WorkerOf(2, bolts: 1, ackers: 1);
        Assert.That(worker.Bolts[0].Home, Is.Not.SameAs(worker.Spouts[0].Home));
        Assert.That(worker.Ackers[0].Home, Is.SameAs(worker.Bolts[0].Home));
    }

    [Test]
    public void Loops_are_dealt_to_workers_in_turns_and_a_worker_has_at_least_one()
    {
        var worker = new Simulation(topology => Build(topology, 1, bolts: 4, ackers: 1, workers: 3)).Worker;
        Assert.That(worker.Loops.Select(l => LoopAssignment.WorkerOf(worker, l)), Is.EqualTo(new[] { 0, 1, 2 }));
    }

    private static Worker WorkerOf(int loops, int bolts, int ackers) => new Simulation(topology => Build(topology, loops, bolts, ackers, workers: 1)).Worker;

    private static void Build(TopologyBuilder topology, int loops, int bolts, int ackers, int workers)
    {
        topology.Options = topology.Options with { EventLoops = loops, Ackers = ackers, Workers = workers };
        topology.SetSpout("spout", () => new InlineSpout(_ => { }));
        topology.SetBolt("bolt", () => new InlineBolt((_, _) => { }), bolts).ShuffleGrouping("spout");
    }
}
