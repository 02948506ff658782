namespace Topology.Tests;

public sealed class PlanHashTests
{
    private static IEnumerable<TestCaseData> Changes()
    {
        yield return Change("an id", t => Add(t, bolt: "c"));
        yield return Change("tasks", t => Add(t, tasks: 3));
        yield return Change("a kind of spout", t => Add(t, spout: () => new UntrackedSpout("f", "g")));
        yield return Change("a field", t => Add(t, spout: () => new TrackedSpout("f", "h")));
        yield return Change("the order of fields", t => Add(t, spout: () => new TrackedSpout("g", "f")));
        yield return Change("a stream", t => Add(t, spout: () => new TrackedSpout("f", "g") { Streams = s => s.Add("late", []) }));
        yield return Change("a direct stream", t => Add(t, spout: () => new TrackedSpout("f", "g") { Streams = s => s.AddDirect("late", []) }));
        yield return Change("a grouping", t => Add(t, group: b => b.ShuffleGrouping("s")));
        yield return Change("a grouping's field", t => Add(t, group: b => b.FieldsGrouping("s", "g")));
        yield return Change("a second grouping", t => Add(t, group: b => b.FieldsGrouping("s", "f").AllGrouping("s")));
        yield return Change("the ackers", t => Add(t, options: o => o with { Ackers = 2 }));
        yield return Change("the delivery", t => Add(t, options: o => o with { Delivery = Delivery.AtMostOnce }));
    }

    [TestCaseSource(nameof(Changes))]
    public void What_workers_must_agree_on_changes_the_hash(Action<TopologyBuilder> changed) =>
        Assert.That(Planning.Plan(changed).Hash, Is.Not.EqualTo(Planning.Plan(t => Add(t)).Hash));

    [Test]
    public void Every_change_gives_a_hash_of_its_own()
    {
        var hashes = Changes().Select(c => Planning.Plan((Action<TopologyBuilder>)c.Arguments[0]!).Hash).ToArray();

        Assert.That(hashes, Is.Unique);
    }

    [Test]
    public void Names_that_run_together_as_text_stay_apart()
    {
        ulong HashOf(params string[] keys) =>
            Planning.Plan(t => Add(t, spout: () => new TrackedSpout("a", "b", "a;", ";b", "a, b"), group: b => b.FieldsGrouping("s", keys))).Hash;

        Assert.That(new[] { HashOf("a", "b"), HashOf("a;", "b"), HashOf("a", ";b"), HashOf("a, b") }, Is.Unique);
    }

    [Test]
    public void The_hash_is_the_same_in_every_process_and_on_every_machine() =>
        Assert.That(Planning.Plan(t => Add(t)).Hash, Is.EqualTo(GoldenHash));

    [Test]
    public void The_order_in_which_components_are_added_does_not_change_the_plan()
    {
        var forward = Planning.Plan(Planning.AddLines);
        var backward = Planning.Plan(topology =>
        {
            topology.SetBolt("split", () => new InlineBolt("word")).ShuffleGrouping("lines");
            topology.SetSpout("lines", () => new TrackedSpout("line"));
        });

        Assert.That(backward.Hash, Is.EqualTo(forward.Hash));
        Assert.That(backward.Components.Select(c => c.FirstTask), Is.EqualTo(forward.Components.Select(c => c.FirstTask)));
    }

    [Test]
    public void Executors_and_one_components_settings_do_not_change_the_hash()
    {
        var plan = Planning.Plan(t =>
        {
            t.SetSpout("s", () => new TrackedSpout("f", "g")).Set("speed", "fast");
            t.SetBolt("b", () => new InlineBolt(), 2).SetTasks(2).FieldsGrouping("s", "f").TickEvery(TimeSpan.FromSeconds(1));
        });

        Assert.That(plan.Hash, Is.EqualTo(Planning.Plan(t => Add(t)).Hash));
    }

    // The first 8 bytes of SHA-256 over the base topology's canonical text, worked out with another implementation of it. A change of the text makes workers of
    // two versions refuse each other.
    private const ulong GoldenHash = 0xd2485be3beb65aaa;

    private static TestCaseData Change(string name, Action<TopologyBuilder> build) => new TestCaseData(build).SetArgDisplayNames(name);

    private static void Add(
        TopologyBuilder topology,
        string bolt = "b",
        int tasks = 2,
        Func<SpoutBase>? spout = null,
        Func<BoltDeclarer, BoltDeclarer>? group = null,
        Func<TopologyOptions, TopologyOptions>? options = null)
    {
        if (options is not null) topology.Options = options(topology.Options);
        topology.SetSpout("s", spout ?? (() => new TrackedSpout("f", "g")));
        var declarer = topology.SetBolt(bolt, () => new InlineBolt()).SetTasks(tasks);
        if (group is null) declarer.FieldsGrouping("s", "f");
        else group(declarer);
    }
}
