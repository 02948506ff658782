using Topology.Engine;

namespace Topology.Cluster.Tests;

public sealed class ExecutorNumbersTests
{
    [Test]
    public void Tasks_are_dealt_to_executors_in_nearly_equal_neighbouring_parts_the_larger_first()
    {
        var numbers = ExecutorNumbers.Of(Outlines.Make([(0, 3, 5), (1, 2, 2)], 0));

        Assert.That(numbers.Select(e => (e.Number, e.Component, e.FirstTask, e.LastTask)), Is.EqualTo(new[]
        {
            (0, "c0", 1, 2), (1, "c0", 3, 4), (2, "c0", 5, 5), (3, "c1", 6, 6), (4, "c1", 7, 7),
        }));
    }

    [Test]
    public void The_engine_numbers_executors_and_ackers_alike()
    {
        var plan = TopologyPlanner.Plan(new BuiltTopology(topology =>
        {
            topology.SetSpout("zebra", () => new NumberSpout(1, new SpoutLog()), parallelism: 3);
            topology.SetBolt("apple", () => new FaultyBasicBolt((_, _) => { }), parallelism: 2).SetTasks(5).ShuffleGrouping("zebra");
            topology.Options = topology.Options with { Ackers = 2 };
        }), null, null);
        var worker = new Worker(plan, new WorkerOptions { IsSimulated = true });
        var outline = PlanOutline.Of(plan);
        var parts = ExecutorAssigner.Assign(outline, 1, []);
        var ackers = AckerAssigner.Assign(outline, parts);

        Assert.That(parts[0].Select(e => (e.Number, e.Component)), Is.EqualTo(worker.Executors.Take(5).Select((e, number) => (number, e.Component))));
        Assert.That(ackers[0].Select(a => a.Number), Is.EqualTo(new[] { 5, 6 }));
        Assert.That(
            ackers[0].SelectMany((a, place) => a.SpoutTasks.Select(task => (task, place))).Order(),
            Is.EqualTo(Enumerable.Range(plan["zebra"].FirstTask, 3).Select(task => (task, worker.AckerOfTask[task]))));
    }
}
