namespace Topology.Engine.Tests;

public sealed class FlowOrderTests
{
    [Test]
    public void Every_component_comes_after_those_it_subscribes_to()
    {
        var plan = Simulation.PlanOf(topology =>
        {
            topology.SetBolt("a", Bolt).ShuffleGrouping("b");
            topology.SetBolt("b", Bolt).ShuffleGrouping("y").ShuffleGrouping("c");
            topology.SetBolt("c", Bolt).ShuffleGrouping("z");
            topology.SetSpout("y", Spout);
            topology.SetSpout("z", Spout);
        });
        Assert.That(FlowOrder.Of(plan).Select(c => c.Id), Is.EqualTo(new[] { "y", "z", "c", "b", "a" }));
    }

    [Test]
    public void An_edge_that_closes_a_cycle_is_passed_over()
    {
        var plan = Simulation.PlanOf(topology =>
        {
            topology.SetSpout("spout", Spout);
            topology.SetBolt("enter", Bolt).ShuffleGrouping("spout").ShuffleGrouping("again");
            topology.SetBolt("again", Bolt).ShuffleGrouping("enter");
            topology.SetBolt("after", Bolt).ShuffleGrouping("again");
        });
        Assert.That(FlowOrder.Of(plan).Select(c => c.Id), Is.EqualTo(new[] { "spout", "enter", "again", "after" }));
    }

    [Test]
    public void A_component_of_many_paths_comes_once()
    {
        var plan = Simulation.PlanOf(topology =>
        {
            topology.SetSpout("spout", Spout);
            topology.SetBolt("a", Bolt).ShuffleGrouping("spout");
            topology.SetBolt("b", Bolt).ShuffleGrouping("spout");
            topology.SetBolt("end", Bolt).ShuffleGrouping("a").ShuffleGrouping("b").ShuffleGrouping("spout");
        });
        Assert.That(FlowOrder.Of(plan).Select(c => c.Id), Is.EqualTo(new[] { "spout", "a", "b", "end" }));
    }

    private static InlineSpout Spout() => new(_ => { });

    private static InlineBolt Bolt() => new((tuple, output) => output.Ack(tuple), "number");
}
