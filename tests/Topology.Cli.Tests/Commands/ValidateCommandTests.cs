using System.Text.Json;

namespace Topology.Cli.Tests;

public sealed class ValidateCommandTests
{
    [Test]
    public async Task A_valid_topology_is_described_on_standard_output()
    {
        var program = new TestProgram();

        Assert.That(await program.RunAsync("validate", nameof(LinesTopology)), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out.TrimEnd(), Is.EqualTo(Sample.Plan.Describe().TrimEnd()));
        Assert.That(program.Error, Is.Empty);
        Assert.That(program.Run, Is.Null);
    }

    [Test]
    public async Task Settings_take_part()
    {
        var program = new TestProgram();

        Assert.That(await program.RunAsync("validate", nameof(LinesTopology), "--set", "topology.workers=7"), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out, Does.Match(@"topology\.workers +7"));
    }

    [Test]
    public async Task Warnings_are_shown()
    {
        var program = new TestProgram();

        Assert.That(await program.RunAsync("validate", nameof(WarnedTopology)), Is.EqualTo(ExitCode.Success));
        Assert.That(program.Out, Does.Contain("lonely").And.Contains(TopologyPlanner.Plan(new WarnedTopology()).Warnings.Single()));
    }

    [Test]
    public async Task Every_error_is_a_line_of_its_own()
    {
        var program = new TestProgram();

        Assert.That(await program.RunAsync("validate", nameof(InvalidTopology)), Is.EqualTo(ExitCode.Invalid));
        var lines = program.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines[..^1], Has.Length.GreaterThan(1).And.All.StartsWith("error: "));
        Assert.That(lines[..^1], Has.Some.Contains("nobody").And.Some.Contains("'lines'"));
        Assert.That(lines[^1], Is.EqualTo("  try: correct them, then: dotnet run -- validate"));
        Assert.That(program.Out, Is.Empty);
    }

    [Test]
    public async Task A_missing_setting_is_an_error_of_the_topology()
    {
        var program = new TestProgram();

        Assert.That(await program.RunAsync("validate", nameof(NeedyTopology)), Is.EqualTo(ExitCode.Invalid));
        Assert.That(program.Error, Does.StartWith("error: Setting 'input' is missing").And.Contains("--set input="));
    }

    [Test]
    public async Task Json_describes_the_plan()
    {
        var program = new TestProgram();

        Assert.That(await program.RunAsync("validate", nameof(LinesTopology), "-o", "json"), Is.EqualTo(ExitCode.Success));
        using var document = JsonDocument.Parse(program.Out);
        var root = document.RootElement;
        Assert.That(root.GetProperty("valid").GetBoolean());
        Assert.That(root.GetProperty("name").GetString(), Is.EqualTo("lines"));
        var count = root.GetProperty("components").EnumerateArray().Single(c => c.GetProperty("id").GetString() == "count");
        Assert.That(count.GetProperty("kind").GetString(), Is.EqualTo("bolt"));
        Assert.That(count.GetProperty("executors").GetInt32(), Is.EqualTo(2));
        var input = count.GetProperty("inputs").EnumerateArray().Single();
        Assert.That(input.GetProperty("component").GetString(), Is.EqualTo("split"));
        Assert.That(input.GetProperty("grouping").GetString(), Is.EqualTo("fields(word)"));
    }

    [Test]
    public async Task Json_lists_the_errors_where_there_are_any()
    {
        var program = new TestProgram();

        Assert.That(await program.RunAsync("validate", nameof(InvalidTopology), "-o", "json"), Is.EqualTo(ExitCode.Invalid));
        using var document = JsonDocument.Parse(program.Out);
        Assert.That(document.RootElement.GetProperty("valid").GetBoolean(), Is.False);
        Assert.That(document.RootElement.GetProperty("errors").GetArrayLength(), Is.GreaterThan(1));
        Assert.That(program.Error, Is.Empty);
    }
}
