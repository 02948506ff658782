namespace Topology.Tests;

public sealed class TopologyPlannerTests
{
    [TestCase(typeof(WordCountTopology), "word-count")]
    [TestCase(typeof(HTTPLogTopology), "http-log")]
    [TestCase(typeof(Top10Words), "top10-words")]
    [TestCase(typeof(Risk_Control), "risk-control")]
    [TestCase(typeof(GenericTopology<int>), "generic")]
    public void The_default_name_is_the_class_name_in_kebab_case_without_Topology(Type type, string expected) =>
        Assert.That(TopologyPlanner.DefaultName(type), Is.EqualTo(expected));

    [Test]
    public void The_name_given_goes_before_the_code_s_and_that_before_the_class_s()
    {
        var plain = TopologyPlanner.Plan(new Top10Words());
        var named = TopologyPlanner.Plan(new Top10Words { Name = "coded" });
        var given = TopologyPlanner.Plan(new Top10Words { Name = "coded" }, "given");

        Assert.That(new[] { plain.Name, named.Name, given.Name }, Is.EqualTo(new[] { "top10-words", "coded", "given" }));
    }

    [Test]
    public void Task_ids_run_from_1_in_ascending_ordinal_order_of_component_ids()
    {
        var plan = Planning.Plan(topology =>
        {
            topology.SetBolt("b", () => new InlineBolt(), 2).SetTasks(3).ShuffleGrouping("a");
            topology.SetSpout("a", () => new TrackedSpout("f"), 2);
            topology.SetBolt("Z", () => new InlineBolt()).ShuffleGrouping("a");
        });

        Assert.Multiple(() =>
        {
            Assert.That(plan.Components.Select(c => c.Id), Is.EqualTo(new[] { "Z", "a", "b" }));
            Assert.That(plan.Components.Select(c => c.FirstTask), Is.EqualTo(new[] { 1, 2, 4 }));
            Assert.That(plan.TaskCount, Is.EqualTo(6));
        });
    }

    [Test]
    public void Streams_are_numbered_from_the_default_one_in_the_order_of_their_declaration()
    {
        var plan = Planning.Plan(topology =>
        {
            topology.SetSpout("s", () => new TrackedSpout("f") { Streams = s => s.Add("late", ["f", "by"]).AddDirect("chosen", ["g"]) });
            topology.SetBolt("b", () => new InlineBolt()).ShuffleGrouping("s");
        });

        var streams = plan["s"].Streams;
        Assert.Multiple(() =>
        {
            Assert.That(streams.Select(s => s.ToString()), Is.EqualTo(new[] { "s/default", "s/late", "s/chosen" }));
            Assert.That(streams.Select(s => s.Index), Is.EqualTo(new[] { 0, 1, 2 }));
            Assert.That(streams.Select(s => s.IsDirect), Is.EqualTo(new[] { false, false, true }));
            Assert.That(streams[1].Fields, Is.EqualTo(Fields.Create(["f", "by"])));
            Assert.That(plan["b"].Streams.Single().Fields, Is.EqualTo(Fields.None));
        });
    }

    [Test]
    public void Spouts_are_reliable_by_their_type()
    {
        var plan = Planning.Plan(topology =>
        {
            topology.SetSpout("tracked", () => new TrackedSpout("f"));
            topology.SetSpout("untracked", () => new UntrackedSpout("f"));
            topology.SetBolt("b", () => new InlineBolt()).ShuffleGrouping("tracked").ShuffleGrouping("untracked");
        });

        Assert.That(plan.Components.Select(c => c.IsReliable), Is.EqualTo(new[] { false, true, false }));
    }

    [Test]
    public void A_planned_factory_makes_a_new_instance_on_each_call()
    {
        var factory = Planning.Plan(Planning.AddLines)["lines"].Factory;

        var first = factory();

        Assert.That(first, Is.TypeOf<TrackedSpout>());
        Assert.That(factory(), Is.Not.SameAs(first));
    }

    [Test]
    public void Every_error_is_reported_at_once()
    {
        var exception = Assert.Throws<InvalidTopologyException>(() => Planning.Plan(
            topology =>
            {
                topology.SetSpout("lines", () => new TrackedSpout("line"), parallelism: 0);
                topology.SetBolt("split", () => new InlineBolt("word", "word")).ShuffleGrouping("line");
                topology.SetBolt("count", () => new InlineBolt("word", "count")).FieldsGrouping("split", "wrod").ShuffleGrouping("lines", "laet");
                topology.SetBolt("count", () => null!);
                topology.Options = topology.Options with { Workers = 0 };
                _ = topology.Settings.Get("input", "words.txt");
            },
            ("topology.ackers", "many"),
            ("imput", "x")))!;

        Assert.That(
            exception.Errors,
            Is.EqualTo(new[]
            {
                "Setting 'topology.ackers' is 'many', but should be a whole number from 0 to 1,024.",
                "Option Workers is '0', but should be a whole number from 1 to 64.",
                "Spout 'lines': its parallelism is 0, but should be at least 1.",
                "Bolt 'count': its id is used by two bolts; give each component an id of its own.",
                "Bolt 'split': stream 'default' has the field 'word' 2 times in [word, word]; give each field a name of its own.",
                "Bolt 'count': its factory returned null; have it return a new instance on each call.",
                "Bolt 'split' subscribes to 'line', which is no component: did you mean 'lines'?",
                "Bolt 'count' groups stream 'default' of 'split' by field 'wrod', which it does not have: did you mean 'word'?",
                "Bolt 'count' subscribes to stream 'laet' of 'lines', which does not declare it: its streams are default.",
                "Bolt 'count' has no input, so it would never run: subscribe it to a component, as by .ShuffleGrouping(\"lines\").",
                "Setting 'imput' is unknown: did you mean 'input'? If a component asks for it when it runs, have Build declare it with topology.Declare.",
            }));
        Assert.That(exception.Message, Does.StartWith("11 errors:").And.Contain("did you mean 'lines'?").And.Contain("did you mean 'input'?"));
    }

    [Test]
    public void A_Build_that_throws_is_named_and_its_exception_kept()
    {
        var thrown = new InvalidOperationException("No luck.");

        var exception = Assert.Throws<TopologyException>(() => Planning.Plan(_ => throw thrown))!;

        Assert.That(exception.Message, Does.StartWith("Build of topology 'test' (").And.EndWith("InlineTopology) threw InvalidOperationException: No luck."));
        Assert.That(exception.InnerException, Is.SameAs(thrown));
    }

    [Test]
    public void An_exception_of_the_products_own_passes_through_Build_as_it_is()
    {
        var thrown = new TopologyException("The broker is not there.");

        Assert.That(Assert.Throws<TopologyException>(() => Planning.Plan(_ => throw thrown)), Is.SameAs(thrown));
    }

    [Test]
    public void Planning_nothing_is_refused() => Assert.That(() => TopologyPlanner.Plan(null!), Throws.ArgumentNullException);

    private class OneSpout : ITopology
    {
        public string? Name { get; init; }

        public void Build(TopologyBuilder topology)
        {
            topology.Name = Name;
            topology.SetSpout("s", () => new TrackedSpout("f"));
        }
    }

    private sealed class HTTPLogTopology : OneSpout;

    private sealed class Top10Words : OneSpout;

    private sealed class Risk_Control : OneSpout;

    private sealed class GenericTopology<T> : OneSpout;
}
