using System.Text.RegularExpressions;

namespace Topology.Architecture.Tests;

/// <summary>What the READMEs point at is there.</summary>
public sealed partial class ReadmeTests
{
    /// <summary>From an emit to the lane a reader opens at most so many files.</summary>
    private const int MostHops = 7;

    private static IEnumerable<string> Readmes => Repository.Files(".", "README.md");

    private static IEnumerable<string> ProjectReadmes => Repository.Files("src", "README.md");

    [TestCaseSource(nameof(Readmes))]
    public void Its_links_lead_somewhere(string readme)
    {
        var folder = Path.GetDirectoryName(Repository.FullPath(readme))!;
        var broken = Link().Matches(Repository.Read(readme))
            .Select(match => match.Groups["target"].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal))
            .Where(target => !Path.Exists(Path.Combine(folder, target)));

        Assert.That(broken, Is.Empty);
    }

    [TestCaseSource(nameof(ProjectReadmes))]
    public void The_files_that_it_names_exist(string readme)
    {
        var files = Repository.Files("src", "*.cs").ToArray();
        var named = SourceFile().Matches(Repository.Read(readme)).Select(match => match.Groups["name"].Value).Distinct().ToArray();

        Assert.That(named, Is.Not.Empty);
        Assert.That(named.Where(name => !Array.Exists(files, file => file == name || file.EndsWith($"/{name}", StringComparison.Ordinal))), Is.Empty);
    }

    [Test]
    public void The_journey_of_a_tuple_from_emit_to_lane_takes_few_files()
    {
        var journey = Section(Repository.Read("src/Topology.Engine/README.md"), "## From `Emit` to the lane");
        var files = SourceFile().Matches(journey).Select(match => match.Groups["name"].Value).Distinct().ToArray();

        Assert.That(files, Has.Length.InRange(2, MostHops));
        Assert.That(files[^1], Is.EqualTo("Lane.cs"));
    }

    private static string Section(string text, string heading)
    {
        var start = text.IndexOf(heading, StringComparison.Ordinal);
        Assert.That(start, Is.GreaterThanOrEqualTo(0), $"There is no section '{heading}'.");
        var end = text.IndexOf("\n## ", start + heading.Length, StringComparison.Ordinal);
        return end < 0 ? text[start..] : text[start..end];
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    // `Emitter.cs`, or with folders: `src/Topology/Bolts/BoltOutput.cs`.
    [GeneratedRegex(@"`(?<name>[\w./-]+\.cs)`")]
    private static partial Regex SourceFile();
}
