namespace Topology.Tests;

public sealed class ComponentCheckTests
{
    [Test]
    public void A_topology_without_spouts_is_refused() =>
        Assert.That(
            Planning.ErrorsOf(_ => { }),
            Is.EqualTo(new[] { "Topology 'test' has no spout, so nothing would ever be emitted: add one with topology.SetSpout." }));

    [TestCase("", "is empty: give it a name")]
    [TestCase("__acker", "begins with '__', which is reserved for the engine: choose another")]
    [TestCase("a/b", "is not legal: use letters (a-z), digits, '-', '_' and '.', and begin with a letter, a digit or '_'")]
    [TestCase("two words", "is not legal: use letters (a-z), digits, '-', '_' and '.', and begin with a letter, a digit or '_'")]
    [TestCase("..", "is not legal: use letters (a-z), digits, '-', '_' and '.', and begin with a letter, a digit or '_'")]
    [TestCase("-a", "is not legal: use letters (a-z), digits, '-', '_' and '.', and begin with a letter, a digit or '_'")]
    [TestCase("größe", "is not legal: use letters (a-z), digits, '-', '_' and '.', and begin with a letter, a digit or '_'")]
    public void An_id_that_is_not_legal_is_refused(string id, string problem) =>
        Assert.That(
            Planning.ErrorsBesideLines(t => t.SetBolt(id, () => new InlineBolt()).ShuffleGrouping("lines")),
            Is.EqualTo(new[] { $"Bolt '{id}': its id {problem}." }));

    [Test]
    public void An_id_of_100_characters_is_legal_and_one_more_is_not()
    {
        Assert.That(Planning.ErrorsBesideLines(t => t.SetBolt(new string('x', 100), () => new InlineBolt()).ShuffleGrouping("lines")), Is.Empty);
        Assert.That(
            Planning.ErrorsBesideLines(t => t.SetBolt(new string('x', 101), () => new InlineBolt()).ShuffleGrouping("lines")),
            Is.EqualTo(new[] { $"Bolt '{new string('x', 101)}': its id is 101 characters long: choose one of at most 100." }));
    }

    [TestCase("a.b-c_D9")]
    [TestCase("_hidden")]
    [TestCase("9lives")]
    public void Letters_digits_hyphens_underscores_and_points_make_an_id(string id) =>
        Assert.That(Planning.ErrorsBesideLines(t => t.SetBolt(id, () => new InlineBolt()).ShuffleGrouping("lines")), Is.Empty);

    [Test]
    public void A_topologys_name_that_is_not_legal_is_refused()
    {
        var exception = Assert.Throws<InvalidTopologyException>(
            () => TopologyPlanner.Plan(new WordCountTopology(), "a:b", new Dictionary<string, string> { ["input"] = "x" }))!;

        Assert.That(exception.Message, Does.StartWith("The topology's name 'a:b' is not legal: use letters"));
    }

    [Test]
    public void An_id_used_twice_is_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                Planning.ErrorsBesideLines(t => t.SetBolt("lines", () => new InlineBolt()).ShuffleGrouping("split")),
                Is.EqualTo(new[] { "Bolt 'lines': its id is used by a spout and a bolt; give each component an id of its own." }));
            Assert.That(
                Planning.ErrorsBesideLines(t => t.SetSpout("lines", () => new TrackedSpout("line"))),
                Is.EqualTo(new[] { "Spout 'lines': its id is used by two spouts; give each component an id of its own." }));
        });
    }

    [TestCase(0)]
    [TestCase(-3)]
    public void A_parallelism_below_1_is_refused(int parallelism) =>
        Assert.That(
            Planning.ErrorsBesideLines(t => t.SetBolt("b", () => new InlineBolt(), parallelism).ShuffleGrouping("lines")),
            Is.EqualTo(new[] { $"Bolt 'b': its parallelism is {parallelism}, but should be at least 1." }));

    [Test]
    public void Fewer_tasks_than_executors_are_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                Planning.ErrorsBesideLines(t => t.SetBolt("b", () => new InlineBolt(), 4).SetTasks(2).ShuffleGrouping("lines")),
                Is.EqualTo(new[] { "Bolt 'b': 2 tasks cannot keep 4 executors busy; set at least 4 tasks, or a parallelism of at most 2." }));
            Assert.That(
                Planning.ErrorsBesideLines(t => t.SetBolt("b", () => new InlineBolt()).SetTasks(0).ShuffleGrouping("lines")),
                Is.EqualTo(new[] { "Bolt 'b': SetTasks(0) should be at least 1." }));
            Assert.That(Planning.ErrorsBesideLines(t => t.SetBolt("b", () => new InlineBolt(), 4).SetTasks(4).ShuffleGrouping("lines")), Is.Empty);
        });
    }

    [Test]
    public void Tasks_that_no_16_bits_hold_are_refused()
    {
        // 64,998 beside the 2 of the others are as many as there may be.
        Assert.That(Planning.ErrorsBesideLines(t => t.SetBolt("b", () => new InlineBolt()).SetTasks(64_998).ShuffleGrouping("lines")), Is.Empty);
        Assert.That(
            Planning.ErrorsBesideLines(t => t.SetBolt("b", () => new InlineBolt()).SetTasks(64_999).ShuffleGrouping("lines")),
            Is.EqualTo(new[] { "Topology 'test' has 65,001 tasks, but may have 65,000: its largest component is 'b' with 64,999; lower its parallelism or tasks." }));
        Assert.That(
            Planning.ErrorsBesideLines(t =>
            {
                t.SetBolt("a", () => new InlineBolt()).SetTasks(int.MaxValue).ShuffleGrouping("lines");
                t.SetBolt("b", () => new InlineBolt()).SetTasks(int.MaxValue).ShuffleGrouping("lines");
            }),
            Has.Count.EqualTo(1).And.All.Contains("has 4,294,967,296 tasks"));
    }

    [Test]
    public void Component_options_out_of_range_are_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                Planning.ErrorsBesideLines(t => t.SetBolt("b", () => new InlineBolt()).ShuffleGrouping("lines").TickEvery(TimeSpan.FromSeconds(-1))),
                Is.EqualTo(new[] { "Bolt 'b': TickEvery(-1s) should be from 1 ms to 24 days, or zero for never." }));
            Assert.That(
                Planning.ErrorsBesideLines(t => t.SetBolt("b", () => new InlineBolt()).ShuffleGrouping("lines").TickEvery(TimeSpan.FromDays(25))),
                Is.EqualTo(new[] { "Bolt 'b': TickEvery(25d) should be from 1 ms to 24 days, or zero for never." }));
            Assert.That(
                Planning.ErrorsBesideLines(t => t.SetBolt("b", () => new InlineBolt()).ShuffleGrouping("lines").TickEvery(TimeSpan.FromTicks(9999))),
                Has.Count.EqualTo(1));
            Assert.That(Planning.ErrorsBesideLines(t => t.SetBolt("b", () => new InlineBolt()).ShuffleGrouping("lines").TickEvery(TimeSpan.Zero)), Is.Empty);
            Assert.That(
                Planning.ErrorsBesideLines(t => t.SetSpout("s", () => new TrackedSpout("f")).MaxSpoutPending(0)),
                Is.EqualTo(new[] { "Spout 's': MaxSpoutPending(0) should be from 1 to 16,777,216." }));
            Assert.That(
                Planning.ErrorsBesideLines(t => t.SetSpout("s", () => new TrackedSpout("f")).OnError((ErrorPolicy)9)),
                Is.EqualTo(new[] { "Spout 's': OnError(9) is no error policy; use a member of ErrorPolicy." }));
        });
    }

    [Test]
    public void A_spout_has_no_tuple_to_dead_letter() =>
        Assert.That(
            Planning.ErrorsBesideLines(t => t.SetSpout("s", () => new TrackedSpout("f")).OnError(ErrorPolicy.DeadLetter)),
            Is.EqualTo(new[]
            {
                "Spout 's': OnError(DeadLetter) is for bolts, since a spout that throws has no tuple in hand; derive from ReplayingSpout to dead-letter what fails too often.",
            }));

    [Test]
    public void A_component_cannot_set_an_option_of_the_topology() =>
        Assert.That(
            Planning.ErrorsBesideLines(t => t.SetSpout("s", () => new TrackedSpout("f")).Set("topology.ackers", "3").Set("", "x")),
            Is.EqualTo(new[]
            {
                "Spout 's': Set(\"\", …) names no setting; give it a name.",
                "Spout 's': Set(\"topology.ackers\", …) is an option of the whole topology; set it by topology.Options, or use the component's own methods.",
            }));
}
