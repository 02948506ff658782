using Topology.Engine;
using Topology.Testing;

namespace Topology.Cluster.Tests.Conformance;

/// <summary>How tasks are numbered and dealt to executors: 2.3 of Storm's rules, and its <c>testExecutorAssignments</c>.</summary>
public sealed class ParallelismTests
{
    [Test]
    public void Task_ids_start_at_1_and_follow_the_order_of_component_ids()
    {
        var plan = Plan(topology =>
        {
            topology.SetSpout("words", () => new FixedSpout(["word"]), parallelism: 2);
            topology.SetBolt("count", InlineBolt.Acking, parallelism: 2).SetTasks(4).FieldsGrouping("words", "word");
            topology.SetBolt("Split", InlineBolt.Acking, parallelism: 3).ShuffleGrouping("words");
        });

        Assert.That(plan.Components.Select(c => (c.Id, c.FirstTask, c.Tasks)), Is.EqualTo(new[] { ("Split", 1, 3), ("count", 4, 4), ("words", 8, 2) }));
    }

    [TestCase(3, 5, new[] { 2, 2, 1 })]
    [TestCase(3, 3, new[] { 1, 1, 1 })]
    [TestCase(1, 4, new[] { 4 })]
    [TestCase(4, 10, new[] { 3, 3, 2, 2 })]
    public async Task Tasks_are_dealt_to_executors_in_nearly_equal_parts_the_larger_first(int executors, int tasks, int[] expected)
    {
        await using var cluster = new LocalCluster();
        var run = cluster.Submit(Plan(topology =>
        {
            topology.SetSpout("spout", () => new FixedSpout(["word"]));
            topology.SetBolt("bolt", InlineBolt.Acking, executors).SetTasks(tasks).ShuffleGrouping("spout");
        }));
        var parts = run.Worker.Bolts.Select(b => b.Tasks.Select(t => t.Plan.Task).ToArray()).ToArray();

        Assert.That(parts.Select(p => p.Length), Is.EqualTo(expected));
        Assert.That(parts.SelectMany(p => p), Is.EqualTo(Enumerable.Range(run.Plan["bolt"].FirstTask, tasks)), "Each executor has a range.");
    }

    /// <summary>Storm lets an executor without tasks fall away (a hint of 8 with 2 tasks gives 2 executors); here it is an error that says what to do.</summary>
    [Test]
    public void More_executors_than_tasks_is_an_error()
    {
        var error = Assert.Throws<InvalidTopologyException>(() => Plan(topology =>
        {
            topology.SetSpout("spout", () => new FixedSpout(["word"]));
            topology.SetBolt("bolt", InlineBolt.Acking, parallelism: 8).SetTasks(2).ShuffleGrouping("spout");
        }));

        Assert.That(error!.Message, Does.Contain("2 tasks cannot keep 8 executors busy"));
    }

    /// <summary>Storm's <c>testOverParallelismAssignment</c>: more executors than there is to run them on are all run.</summary>
    [Test]
    public async Task Many_executors_share_few_loops()
    {
        await using var cluster = new LocalCluster();
        var run = cluster.Submit(Plan(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 7, Workers = 7 };
            topology.SetSpout("1", () => new FixedSpout(["word"], [["a"], ["b"]]), parallelism: 21);
            topology.SetBolt("2", InlineBolt.Acking, parallelism: 9).ShuffleGrouping("1");
            topology.SetBolt("3", InlineBolt.Acking, parallelism: 2).ShuffleGrouping("1");
            topology.SetBolt("4", InlineBolt.Acking, parallelism: 10).ShuffleGrouping("1");
        }));

        var result = await run.Completion.WaitAsync(Stage.Patience);

        Assert.That(run.Worker.Loops.Sum(l => l.Executors.Count), Is.EqualTo(21 + 9 + 2 + 10 + 1));
        Assert.That(run.Worker.Loops, Has.Length.EqualTo(7).And.All.Matches<EventLoop>(static loop => loop!.Executors.Count > 0));
        Assert.That(result.Metrics["1"].Acked, Is.EqualTo(2));
    }

    private static TopologyPlan Plan(Action<TopologyBuilder> build) => TopologyPlanner.Plan(new InlineTopology(build), "parallel");
}
