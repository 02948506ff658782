namespace Topology.Cli.Tests;

public sealed class FlowOrderTests
{
    [Test]
    public void Components_come_in_the_order_of_the_flow() =>
        Assert.That(FlowOrder.Sort(Sample.Plan.Components, c => c.Id, Sample.Plan).Select(c => c.Id), Is.EqualTo(["lines", "split", "count"]));

    [Test]
    public void What_the_plan_does_not_know_comes_last() =>
        Assert.That(FlowOrder.Sort(["acker", "count", "lines"], id => id, Sample.Plan), Is.EqualTo(["lines", "count", "acker"]));
}
