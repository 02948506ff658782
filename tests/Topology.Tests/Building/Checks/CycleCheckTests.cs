namespace Topology.Tests;

public sealed class CycleCheckTests
{
    [Test]
    public void A_tracked_cycle_is_legal_and_the_edge_that_closes_it_is_feedback()
    {
        var plan = Planning.Plan(t => AddCycle(t, () => new TrackedSpout("f")));

        Assert.That(plan["a"].Inputs.Select(i => (i.Component, i.Stream, i.IsFeedback)), Is.EqualTo(new[] { ("s", "default", false), ("b", "default", true), ("b", "again", true) }));
        Assert.That(plan["b"].Inputs.Single().IsFeedback, Is.False);
    }

    [Test]
    public void A_bolt_may_feed_itself_where_it_is_tracked()
    {
        var plan = Planning.Plan(t =>
        {
            t.SetSpout("s", () => new TrackedSpout("f"));
            t.SetBolt("a", () => new InlineBolt("f")).ShuffleGrouping("s").FieldsGrouping("a", "f");
        });

        Assert.That(plan["a"].Inputs.Select(i => i.IsFeedback), Is.EqualTo(new[] { false, true }));
    }

    [Test]
    public void A_cycle_under_at_most_once_is_refused() =>
        Assert.That(
            Planning.ErrorsOf(t => AddCycle(t, () => new TrackedSpout("f")), ("topology.delivery", "at-most-once")),
            Is.EqualTo(new[]
            {
                "The cycle a -> b -> a needs tracking, which keeps it from filling up, but delivery is at-most-once: use at-least-once, or take one of its subscriptions away.",
            }));

    [Test]
    public void A_cycle_without_ackers_is_refused() =>
        Assert.That(
            Planning.ErrorsOf(t => AddCycle(t, () => new TrackedSpout("f")), ("topology.ackers", "0")),
            Is.EqualTo(new[]
            {
                "The cycle a -> b -> a needs tracking, which keeps it from filling up, but there are no ackers: set Ackers to at least 1, or take one of its subscriptions away.",
            }));

    [Test]
    public void A_cycle_that_only_untracked_spouts_feed_is_refused() =>
        Assert.That(
            Planning.ErrorsOf(t => AddCycle(t, () => new UntrackedSpout("f"))),
            Is.EqualTo(new[]
            {
                "The cycle a -> b -> a needs tracking, which keeps it from filling up, but only untracked spouts feed it ('s'): derive one from ReliableSpout, or take one of its subscriptions away.",
            }));

    [Test]
    public void A_cycle_that_no_spout_feeds_is_refused() =>
        Assert.That(
            Planning.ErrorsBesideLines(t => t.SetBolt("a", () => new InlineBolt("f")).ShuffleGrouping("a")),
            Is.EqualTo(new[]
            {
                "The cycle a -> a needs tracking, which keeps it from filling up, but no spout feeds it: subscribe one of its bolts to a spout.",
            }));

    [Test]
    public void One_tracked_spout_upstream_is_enough() =>
        Assert.That(
            Planning.ErrorsOf(t =>
            {
                AddCycle(t, () => new UntrackedSpout("f"));
                t.SetSpout("tracked", () => new TrackedSpout("f"));
                t.SetBolt("between", () => new InlineBolt("f")).ShuffleGrouping("tracked");
                t.SetBolt("c", () => new InlineBolt("f")).ShuffleGrouping("between").ShuffleGrouping("c");
            }),
            Is.EqualTo(new[]
            {
                "The cycle a -> b -> a needs tracking, which keeps it from filling up, but only untracked spouts feed it ('s'): derive one from ReliableSpout, or take one of its subscriptions away.",
            }));

    [Test]
    public void A_spout_that_cannot_be_made_is_not_blamed_for_the_cycle_that_it_feeds() =>
        Assert.That(Planning.ErrorsOf(t => AddCycle(t, () => null!)), Is.EqualTo(new[] { "Spout 's': its factory returned null; have it return a new instance on each call." }));

    private static void AddCycle(TopologyBuilder topology, Func<SpoutBase> spout)
    {
        topology.SetSpout("s", spout);
        topology.SetBolt("a", () => new InlineBolt("f")).ShuffleGrouping("s").ShuffleGrouping("b").ShuffleGrouping("b", "again");
        topology.SetBolt("b", () => new InlineBolt("f") { Streams = s => s.Add("again", ["f"]) }).ShuffleGrouping("a");
    }
}
