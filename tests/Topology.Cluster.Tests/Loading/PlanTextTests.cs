namespace Topology.Cluster.Tests;

public sealed class PlanTextTests
{
    private static IEnumerable<TestCaseData> Changes()
    {
        yield return Change("an id", t => Add(t, bolt: "c"), "component \"c\" is a bolt with 2 tasks in the worker, and was missing (and 5 more).");
        yield return Change("tasks", t => Add(t, tasks: 3), "component \"b\" is a bolt with 3 tasks in the worker, and was a bolt with 2 tasks.");
        yield return Change("a field", t => Add(t, fields: ["f", "h"]), "stream 1 of \"s\" is \"default\" with the fields (\"f\", \"h\") in the worker, and was \"default\" with the fields (\"f\", \"g\").");
        yield return Change("the order of fields", t => Add(t, fields: ["g", "f"]), "stream 1 of \"s\"");
        yield return Change("a stream", t => Add(t, streams: s => s.Add("late", [])), "stream 2 of \"s\" is \"late\" with the fields () in the worker, and was missing.");
        yield return Change("a direct stream", t => Add(t, streams: s => s.AddDirect("late", [])), "stream 2 of \"s\" is direct \"late\"");
        yield return Change("a grouping", t => Add(t, group: b => b.ShuffleGrouping("s")), "input 1 of \"b\" is \"default\" of \"s\" by Shuffle() in the worker, and was \"default\" of \"s\" by ByFields(\"f\").");
        yield return Change("a grouping's field", t => Add(t, group: b => b.FieldsGrouping("s", "g")), "input 1 of \"b\"");
        yield return Change("a second grouping", t => Add(t, group: b => b.FieldsGrouping("s", "f").AllGrouping("s")), "input 2 of \"b\"");
        yield return Change("the ackers", t => Add(t, options: o => o with { Ackers = 2 }), "the number of ackers is 2 in the worker, and was 1.");
        yield return Change("the delivery", t => Add(t, options: o => o with { Delivery = Delivery.AtMostOnce }), "the delivery is AtMostOnce in the worker, and was AtLeastOnce (and 1 more).");
    }

    [TestCaseSource(nameof(Changes))]
    public void A_difference_that_the_hash_sees_is_told(Action<TopologyBuilder> build, string expected)
    {
        var (here, there) = (Plan(build), Plan(t => Add(t)));

        var told = PlanText.Explain(PlanText.Of(here), PlanText.Of(there));

        Assert.That(here.Hash, Is.Not.EqualTo(there.Hash));
        Assert.That(told, Does.Contain(expected).And.Contain("Build must give the same everywhere"));
        Assert.That(told, Does.Not.Contain('\n'));
    }

    [Test]
    public void What_the_hash_leaves_out_makes_no_difference()
    {
        var here = Plan(t =>
        {
            t.SetSpout("s", () => new TextSpout(["f", "g"], null)).Set("speed", "fast");
            t.SetBolt("b", () => new FaultyBolt((_, _) => { }), 2).SetTasks(2).FieldsGrouping("s", "f").TickEvery(TimeSpan.FromSeconds(1));
        });
        var there = Plan(t => Add(t));

        Assert.That(here.Hash, Is.EqualTo(there.Hash));
        Assert.That(PlanText.Of(here), Is.EqualTo(PlanText.Of(there)));
        Assert.That(PlanText.Explain(PlanText.Of(here), PlanText.Of(there)), Is.Null);
    }

    [Test]
    public void Names_that_run_together_stay_apart()
    {
        string TextOf(params string[] keys) => string.Join('\n', PlanText.Of(Plan(t => Add(t, fields: ["a", "b", "a\", \"b", "a, b"], group: b => b.FieldsGrouping("s", keys)))));

        Assert.That(new[] { TextOf("a", "b"), TextOf("a\", \"b"), TextOf("a, b") }, Is.Unique);
    }

    [Test]
    public void No_subject_occurs_twice()
    {
        var lines = PlanText.Of(Plan(t => Add(t, streams: s => s.Add("late", ["x: y"]), group: b => b.AllGrouping("s").ShuffleGrouping("s", "late"))));

        Assert.That(lines.Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)]), Is.Unique);
        Assert.That(lines, Has.Length.EqualTo(9));
    }

    private static TestCaseData Change(string name, Action<TopologyBuilder> build, string expected) => new TestCaseData(build, expected).SetArgDisplayNames(name);

    private static TopologyPlan Plan(Action<TopologyBuilder> build) => TopologyPlanner.Plan(new BuiltTopology(build), "test");

    private static void Add(
        TopologyBuilder topology,
        string bolt = "b",
        int tasks = 2,
        string[]? fields = null,
        Action<StreamDeclarer>? streams = null,
        Func<BoltDeclarer, BoltDeclarer>? group = null,
        Func<TopologyOptions, TopologyOptions>? options = null)
    {
        if (options is not null) topology.Options = options(topology.Options);
        topology.SetSpout("s", () => new TextSpout(fields ?? ["f", "g"], streams));
        var declarer = topology.SetBolt(bolt, () => new FaultyBolt((_, _) => { })).SetTasks(tasks);
        if (group is null) declarer.FieldsGrouping("s", "f");
        else group(declarer);
    }

    private sealed class TextSpout(string[] fields, Action<StreamDeclarer>? more) : Spout
    {
        public override Fields Output => Fields.Create(fields);

        public override void Declare(StreamDeclarer streams) => more?.Invoke(streams);

        public override void NextTuple(SpoutOutput output)
        {
        }
    }
}
