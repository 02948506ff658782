using WordCount;

namespace Topology.Topologies.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class WordCountTopologyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public void It_builds_without_a_warning()
    {
        var plan = Plan(("input", _folder.Path), ("output", _folder.PathOf("counts.tsv")));
        Assert.That(plan.Name, Is.EqualTo("word-count"));
        Assert.That(plan.Warnings, Is.Empty);
        Assert.That(plan.Components.Select(c => $"{c.Id} {c.Tasks}"), Is.EqualTo(new[] { "count 2", "lines 1", "report 1", "split 2" }));
        Assert.That(plan["count"].Inputs.Single().Grouping, Is.TypeOf<Grouping.ByFields>());
    }

    [Test]
    public void It_has_a_default_for_every_setting()
    {
        // The copyright files of the system's packages, or else the Markdown in the current folder.
        using var folder = new CurrentFolder(_folder);
        _folder.Write("read.md", "x");
        Assert.That(Plan().Warnings, Is.Empty);
    }

    [Test]
    public void An_input_that_is_not_there_is_an_error_at_once()
    {
        Assert.That(
            () => Plan(("input", _folder.PathOf("none"))),
            Throws.TypeOf<SettingException>().With.Message.Contains("'input'").And.Message.Contains("none"));
    }

    [Test]
    public void An_output_in_no_folder_is_an_error_at_once()
    {
        Assert.That(
            () => Plan(("input", _folder.Path), ("output", _folder.PathOf("none/counts.tsv"))),
            Throws.TypeOf<SettingException>().With.Message.Contains("'output'"));
    }

    private static TopologyPlan Plan(params (string Name, string Value)[] settings) =>
        TopologyPlanner.Plan(new WordCountTopology(), settings: settings.ToDictionary(s => s.Name, s => s.Value));
}
