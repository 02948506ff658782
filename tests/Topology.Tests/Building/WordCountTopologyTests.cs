namespace Topology.Tests;

public sealed class WordCountTopologyTests
{
    [Test]
    public void The_documented_topology_is_planned_as_it_is_written()
    {
        var plan = TopologyPlanner.Plan(new WordCountTopology(), settings: new Dictionary<string, string> { ["input"] = "words.txt" });

        Assert.Multiple(() =>
        {
            Assert.That(plan.Name, Is.EqualTo("word-count"));
            Assert.That(plan.Components.Select(c => (c.Id, c.Tasks, c.FirstTask)), Is.EqualTo(new[] { ("count", 2, 1), ("lines", 1, 3), ("split", 2, 4) }));
            Assert.That(plan["split"].Inputs, Is.EqualTo(new[] { new Subscription("lines", "default", new Grouping.Shuffle()) }));
            Assert.That(plan["count"].Inputs, Is.EqualTo(new[] { new Subscription("split", "default", new Grouping.ByFields(["word"])) }));
            Assert.That(plan["lines"].IsReliable, Is.True);
            Assert.That(plan.Warnings, Is.Empty);
        });
    }

    [Test]
    public void A_setting_that_its_spout_needs_is_missed_when_it_is_planned() =>
        Assert.That(
            () => TopologyPlanner.Plan(new WordCountTopology()),
            Throws.TypeOf<InvalidTopologyException>().With.Message.EqualTo(
                "Spout 'lines': its factory threw SettingException: Setting 'input' is missing: give it with --set input=value."));

    [Test]
    public void A_misspelt_setting_is_reported_beside_the_one_that_is_missing()
    {
        var exception = Assert.Throws<InvalidTopologyException>(
            () => TopologyPlanner.Plan(new WordCountTopology(), settings: new Dictionary<string, string> { ["imput"] = "words.txt" }))!;

        Assert.That(exception.Errors, Has.Count.EqualTo(2));
        Assert.That(exception.Errors[1], Does.StartWith("Setting 'imput' is unknown: did you mean 'input'?"));
    }
}
