namespace Topology.Architecture.Tests;

/// <summary>The folder list is the architecture.</summary>
public sealed class LayoutTests
{
    private static readonly string[] TopLevel =
    [
        "src", "topologies", "tests", "tools", "Topology.sln", "README.md",
        // What tools insist on.
        ".ci", ".editorconfig", ".gitignore", "Directory.Build.props", "Directory.Packages.props", "LICENSE", "global.json",
    ];

    private static readonly string[] Shapeless = ["Helpers", "Utils", "Utilities", "Common", "Shared", "Misc", "Interfaces", "Services", "Managers"];

    private static IEnumerable<string> Projects => Repository.ProjectsOf("src");

    [Test]
    public void The_top_holds_what_belongs_there_and_nothing_else() =>
        Assert.That(
            Directory.EnumerateFileSystemEntries(Repository.Root).Select(path => Path.GetFileName(path)).Where(name => !Repository.IsGenerated(name)),
            Is.SubsetOf(TopLevel));

    [Test]
    public void No_source_file_is_longer_than_400_lines() =>
        Assert.That(Repository.Files("src", "*.cs").Where(file => Repository.ReadLines(file).Length > 400), Is.Empty);

    [Test]
    public void Folders_are_named_after_what_is_done_in_them()
    {
        var folders = Repository.Files("src", "*.cs").Concat(Repository.Files("topologies", "*.cs")).SelectMany(file => file.Split('/')[..^1]).Distinct();

        Assert.That(folders.Intersect(Shapeless, StringComparer.OrdinalIgnoreCase), Is.Empty);
    }

    [TestCaseSource(nameof(Projects))]
    public void A_project_has_one_namespace_which_is_its_name(string project)
    {
        var namespaces = Repository.Files($"src/{project}", "*.cs").SelectMany(Repository.ReadLines).Where(line => line.StartsWith("namespace ", StringComparison.Ordinal));

        Assert.That(namespaces.Distinct(), Is.SubsetOf(new[] { $"namespace {project};" }));
    }

    [TestCaseSource(nameof(Projects))]
    public void A_project_has_tests_of_its_own(string project) => Assert.That(Repository.ProjectsOf("tests"), Does.Contain($"{project}.Tests"));

    [Test]
    public void The_solution_has_every_project()
    {
        var solution = Repository.Read("Topology.sln");
        var missing = ((string[])["src", "topologies", "tests", "tools"])
            .SelectMany(folder => Repository.Files(folder, "*.csproj"))
            .Where(path => !solution.Contains($"\"{path.Replace('/', '\\')}\"", StringComparison.Ordinal));

        Assert.That(missing, Is.Empty, "tools/test.sh builds and tests the solution: add them by dotnet sln add.");
    }
}
