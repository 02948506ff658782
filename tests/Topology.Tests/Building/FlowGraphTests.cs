using FsCheck;
using FsCheck.Fluent;

namespace Topology.Tests;

public sealed class FlowGraphTests
{
    [Test]
    public void Without_cycles_nothing_is_feedback()
    {
        var flow = new FlowGraph([Spout("s"), Bolt("a", "s"), Bolt("b", "s", "a"), Bolt("c", "a", "b")]);

        Assert.That(flow.Cycles, Is.Empty);
    }

    [Test]
    public void The_edge_that_closes_a_cycle_is_feedback_and_the_others_are_not()
    {
        var flow = new FlowGraph([Spout("s"), Bolt("c", "b"), Bolt("b", "a"), Bolt("a", "s", "c")]);

        Assert.Multiple(() =>
        {
            Assert.That(flow.Cycles, Is.EqualTo(new[] { new[] { "a", "b", "c" } }));
            Assert.That(flow.IsFeedback("c", "a"), Is.True);
            Assert.That(flow.IsFeedback("a", "b"), Is.False);
            Assert.That(flow.IsFeedback("b", "c"), Is.False);
            Assert.That(flow.IsFeedback("s", "a"), Is.False);
        });
    }

    [Test]
    public void A_bolt_that_feeds_itself_is_a_cycle_of_one()
    {
        var flow = new FlowGraph([Spout("s"), Bolt("a", "s", "a")]);

        Assert.That(flow.Cycles, Is.EqualTo(new[] { new[] { "a" } }));
        Assert.That(flow.IsFeedback("a", "a"), Is.True);
    }

    [Test]
    public void Where_the_flow_enters_a_cycle_decides_which_edge_closes_it()
    {
        // Both spouts feed the cycle; the search begins at the first of them by id, which enters at b.
        var flow = new FlowGraph([Bolt("a", "z", "b"), Bolt("b", "y", "a"), Spout("z"), Spout("y")]);

        Assert.That(flow.IsFeedback("a", "b"), Is.True);
        Assert.That(flow.IsFeedback("b", "a"), Is.False);
    }

    [Test]
    public void A_cycle_that_no_spout_feeds_is_found_too() =>
        Assert.That(new FlowGraph([Spout("s"), Bolt("a", "b"), Bolt("b", "a")]).Cycles, Is.EqualTo(new[] { new[] { "a", "b" } }));

    [Test]
    public void A_long_chain_needs_no_deep_stack()
    {
        var chain = Enumerable.Range(1, 20_000).Select(i => Bolt($"c{i:D5}", $"c{i - 1:D5}"));

        var flow = new FlowGraph([Spout("c00000"), .. chain]);

        Assert.That(flow.ReachableFrom(["c00000"]), Has.Count.EqualTo(20_001));
    }

    [Test]
    public void Without_its_feedback_no_graph_has_a_cycle_whatever_the_order_of_its_parts() =>
        Prop.ForAll<(byte From, byte To)[]>(edges =>
        {
            var flow = new FlowGraph(Graph(edges));
            var again = new FlowGraph(Graph(edges.Reverse()).Reverse());
            var forward = Edges(edges).Where(e => !flow.IsFeedback(e.From, e.To)).ToHashSet();
            return Edges(edges).All(e => flow.IsFeedback(e.From, e.To) == again.IsFeedback(e.From, e.To)) && CanBeSorted(forward);
        }).QuickCheckThrowOnFailure();

    // Eight components, the first two of them spouts, which have no inputs.
    private static IEnumerable<(string From, string To)> Edges(IEnumerable<(byte From, byte To)> edges) =>
        edges.Select(e => ($"c{e.From % 8}", $"c{2 + e.To % 6}")).Distinct();

    private static IEnumerable<ComponentDraft> Graph(IEnumerable<(byte From, byte To)> edges)
    {
        var inputs = Edges(edges).ToLookup(e => e.To, e => e.From);
        return [Spout("c0"), Spout("c1"), .. Enumerable.Range(2, 6).Select(i => Bolt($"c{i}", [.. inputs[$"c{i}"]]))];
    }

    // A graph has no cycle when taking away what nothing feeds, again and again, leaves nothing.
    private static bool CanBeSorted(HashSet<(string From, string To)> edges)
    {
        while (edges.RemoveWhere(e => edges.All(other => other.To != e.From)) > 0)
        {
        }

        return edges.Count == 0;
    }

    private static ComponentDraft Spout(string id) => new(id, ComponentKind.Spout, () => null, 1);

    private static ComponentDraft Bolt(string id, params string[] sources)
    {
        var draft = new ComponentDraft(id, ComponentKind.Bolt, () => null, 1);
        draft.Inputs.AddRange(sources.Select(s => new Subscription(s, StreamId.Default, new Grouping.Shuffle())));
        return draft;
    }
}
