namespace Topology.Tests;

public sealed class TopologyBuilderTests
{
    [Test]
    public void What_the_declarers_say_is_in_the_plan()
    {
        var plan = Planning.Plan(topology =>
        {
            topology.SetSpout("s", () => new TrackedSpout("f"), 2).SetTasks(4).MaxSpoutPending(9).Set("speed", "fast").OnError(ErrorPolicy.RestartTask);
            topology.SetBolt("b", () => new InlineBolt(), 3).SetTasks(5).TickEvery(TimeSpan.FromSeconds(2)).OnError(ErrorPolicy.StopTopology).AllGrouping("s");
        });

        Assert.Multiple(() =>
        {
            Assert.That(plan["s"].Kind, Is.EqualTo(ComponentKind.Spout));
            Assert.That(plan["s"].Executors, Is.EqualTo(2));
            Assert.That(plan["s"].Tasks, Is.EqualTo(4));
            Assert.That(plan["s"].Options, Is.EqualTo(new ComponentOptions { MaxSpoutPending = 9, OnError = ErrorPolicy.RestartTask }));
            Assert.That(plan["s"].Settings["speed"], Is.EqualTo("fast"));
            Assert.That(plan["b"].Kind, Is.EqualTo(ComponentKind.Bolt));
            Assert.That(plan["b"].Executors, Is.EqualTo(3));
            Assert.That(plan["b"].Tasks, Is.EqualTo(5));
            Assert.That(plan["b"].Options, Is.EqualTo(new ComponentOptions { TickInterval = TimeSpan.FromSeconds(2), OnError = ErrorPolicy.StopTopology }));
            Assert.That(plan["b"].Settings.TryGet("speed", out _), Is.False);
        });
    }

    [Test]
    public void Each_grouping_method_subscribes_by_its_grouping()
    {
        Func<ICustomGrouping> custom = () => new NowhereGrouping();
        var plan = Planning.Plan(topology =>
        {
            topology.SetSpout("s", () => new TrackedSpout("a", "b") { Streams = s => s.Add("late", ["a", "b"]).AddDirect("chosen", ["a"]) });
            topology.SetBolt("b", () => new InlineBolt())
                .ShuffleGrouping("s")
                .ShuffleGrouping("s", "late")
                .FieldsGrouping("s", "a", "b")
                .FieldsGroupingOn("s", "late", "b")
                .PartialKeyGrouping("s", "a")
                .PartialKeyGroupingOn("s", "late", "a", "b")
                .AllGrouping("s")
                .GlobalGrouping("s", "late")
                .NoneGrouping("s")
                .DirectGrouping("s", "chosen")
                .LocalOrShuffleGrouping("s", "late")
                .CustomGrouping("s", custom)
                .CustomGrouping("s", custom, "late");
        });

        Assert.That(
            plan["b"].Inputs,
            Is.EqualTo(new Subscription[]
            {
                new("s", "default", new Grouping.Shuffle()),
                new("s", "late", new Grouping.Shuffle()),
                new("s", "default", new Grouping.ByFields(["a", "b"])),
                new("s", "late", new Grouping.ByFields(["b"])),
                new("s", "default", new Grouping.PartialKey(["a"])),
                new("s", "late", new Grouping.PartialKey(["a", "b"])),
                new("s", "default", new Grouping.All()),
                new("s", "late", new Grouping.Global()),
                new("s", "default", new Grouping.None()),
                new("s", "chosen", new Grouping.Direct()),
                new("s", "late", new Grouping.LocalOrShuffle()),
                new("s", "default", new Grouping.Custom(custom)),
                new("s", "late", new Grouping.Custom(custom)),
            }));
    }

    [Test]
    public void A_declared_default_is_what_code_and_components_read_where_nothing_is_given()
    {
        string? read = null;
        var plan = Planning.Plan(topology =>
        {
            topology.Declare("input", "words.txt", "The file to read");
            read = topology.Settings["input"];
            Planning.AddLines(topology);
        });

        Assert.That(read, Is.EqualTo("words.txt"));
        Assert.That(plan["lines"].Settings["input"], Is.EqualTo("words.txt"));
        Assert.That(plan.DeclaredSettings, Is.EqualTo(new[] { new DeclaredSetting("input", "words.txt", "The file to read") }));
    }

    [Test]
    public void What_is_given_goes_before_a_declared_default()
    {
        var plan = Planning.Plan(
            topology =>
            {
                topology.Declare("input", "words.txt", "The file to read");
                Planning.AddLines(topology);
            },
            ("input", "other.txt"));

        Assert.That(plan.Settings["input"], Is.EqualTo("other.txt"));
    }

    [Test]
    public void A_missing_declared_setting_is_described() =>
        Assert.That(
            () => Planning.Plan(topology =>
            {
                topology.Declare("input", null, "the file to read");
                _ = topology.Settings["input"];
            }),
            Throws.TypeOf<SettingException>().With.Message.EqualTo("Setting 'input' (the file to read) is missing: give it with --set input=value."));

    [Test]
    public void A_missing_setting_points_to_one_that_was_given_and_is_probably_misspelt() =>
        Assert.That(
            () => Planning.Plan(topology => _ = topology.Settings["input"], ("inptu", "words.txt")),
            Throws.TypeOf<SettingException>().With.Message.EqualTo(
                "Setting 'input' is missing: give it with --set input=value. There is 'inptu': is that a misspelling?"));

    [Test]
    public void A_component_reads_its_own_setting_over_the_topologys()
    {
        var plan = Planning.Plan(
            topology =>
            {
                _ = topology.Settings.Get("speed", "slow");
                topology.SetSpout("a", () => new TrackedSpout("f")).Set("speed", "fast");
                topology.SetSpout("b", () => new TrackedSpout("f"));
            },
            ("speed", "medium"));

        Assert.That(plan["a"].Settings["speed"], Is.EqualTo("fast"));
        Assert.That(plan["b"].Settings["speed"], Is.EqualTo("medium"));
    }

    [Test]
    public void A_factory_cannot_add_components() =>
        Assert.That(
            Planning.ErrorsOf(topology => topology.SetSpout("s", () =>
            {
                topology.SetSpout("t", () => new TrackedSpout("f"));
                return new TrackedSpout("f");
            })),
            Is.EqualTo(new[]
            {
                "Spout 's': its factory threw InvalidOperationException: The topology is built: add components and declare settings in Build, not in a factory or later.",
            }));
}
