using System.Text.RegularExpressions;

namespace Topology.Web.Tests;

public sealed partial class ClusterApiTests : ServerFixture
{
    [Test]
    public void The_README_has_every_route_and_no_other() =>
        Assert.That(Written().Matches(File.ReadAllText(Readme())).Select(match => match.Groups["route"].Value), Is.EquivalentTo(Routes));

    private static string Readme()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Topology.sln"))) return Path.Combine(folder.FullName, "src", "Topology.Web", "README.md");
        }

        throw new InvalidOperationException("Run the tests from where they were built.");
    }

    // The first column of the table.
    [GeneratedRegex(@"^\| `(?<route>[A-Z]+ /api/v1\S*)` \|", RegexOptions.Multiline)]
    private static partial Regex Written();
}
