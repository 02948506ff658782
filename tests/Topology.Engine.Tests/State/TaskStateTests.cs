namespace Topology.Engine.Tests;

public sealed class TaskStateTests
{
    [Test]
    public void The_same_name_and_types_give_the_same_state()
    {
        var states = new TaskState();
        var counts = states.Get<string, long>("counts");
        counts.For("word") = 3;
        Assert.That(states.Get<string, long>("counts"), Is.SameAs(counts));
        Assert.That(states.Get<string, long>("Counts"), Is.Not.SameAs(counts));
        Assert.That(new TaskState().Get<string, long>("counts").Count, Is.Zero);
    }

    [Test]
    public void Other_types_for_a_name_are_refused_and_both_are_named()
    {
        var states = new TaskState();
        states.Get<string, long>("counts");
        Assert.That(
            () => states.Get<string, int>("counts"),
            Throws.ArgumentException.With.Message.Contains("'counts'")
                .And.Message.Contains("KeyedState<System.String, System.Int64>")
                .And.Message.Contains("KeyedState<System.String, System.Int32>"));
        Assert.That(() => states.Get<long, long>("counts"), Throws.ArgumentException);
    }

    [TestCase("")]
    [TestCase(null)]
    public void A_state_has_a_name(string? name) =>
        Assert.That(() => new TaskState().Get<string, long>(name!), Throws.InstanceOf<ArgumentException>());
}
