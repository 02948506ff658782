using System.Xml.Linq;

namespace Topology.Architecture.Tests;

/// <summary>References go in one direction.</summary>
public sealed class ReferenceTests
{
    private static IEnumerable<string> Projects => Repository.ProjectsOf("src");

    private static IEnumerable<string> Topologies => Repository.ProjectsOf("topologies");

    [Test]
    public void Every_project_has_its_place_among_the_others() =>
        Assert.That(Projects.Except(Arrows.Projects), Is.Empty, "A project of src is not in Arrows: say there what it may refer to.");

    [TestCaseSource(nameof(Projects))]
    public void A_project_uses_only_what_is_below_it(string project) =>
        Assert.That(Upward(project, Arrows.Below(project)), Is.Empty);

    [TestCaseSource(nameof(Projects))]
    public void A_project_file_names_only_what_is_below_it(string project) =>
        Assert.That(ReferencesIn($"src/{project}/{project}.csproj").Except(Arrows.Below(project)), Is.Empty);

    [TestCaseSource(nameof(Topologies))]
    public void A_topology_uses_the_authors_contract_and_nothing_else_of_ours(string topology)
    {
        Assert.That(Upward(topology, ["Topology"]), Is.Empty);
        Assert.That(ReferencesIn($"topologies/{topology}/{topology}.csproj"), Is.SubsetOf(new[] { "Topology" }));
    }

    [TestCaseSource(nameof(Projects))]
    public void Internals_are_seen_only_from_above_and_by_tests_and_tools(string project)
    {
        var above = Arrows.Above(project);
        var tests = Repository.ProjectsOf("tests").Concat(Repository.ProjectsOf("tools")).ToHashSet();

        Assert.That(BuiltAssembly.Read(project).Friends.Where(friend => !above.Contains(friend) && !tests.Contains(friend)), Is.Empty);
    }

    [TestCaseSource(nameof(Topologies))]
    public void The_internals_of_a_topology_are_seen_only_by_tests(string topology) =>
        Assert.That(BuiltAssembly.Read(topology).Friends.Except(Repository.ProjectsOf("tests")), Is.Empty);

    [TestCaseSource(nameof(Projects))]
    public void Nothing_that_is_shipped_uses_a_test_framework(string project) =>
        Assert.That(BuiltAssembly.Read(project).References.Where(r => r.StartsWith("nunit", StringComparison.OrdinalIgnoreCase) || r.StartsWith("FsCheck", StringComparison.Ordinal)), Is.Empty);

    /// <summary>What a project must not know, by the types of the framework that it would know it by.</summary>
    [TestCase("Topology", "threads and sockets", "System.Net.", "System.Threading.Thread", "System.Threading.Tasks.Parallel", "System.IO.Pipes", "System.Console", "System.Diagnostics.Process")]
    [TestCase("Topology.Messaging", "processes, what is in files, and the console", "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.Stream", "System.IO.StreamReader", "System.IO.StreamWriter", "System.IO.RandomAccess", "System.Console", "System.Diagnostics.Process")]
    [TestCase("Topology.Messaging", "acking, groupings and topologies", "Topology.Grouping", "Topology.ICustomGrouping", "Topology.Anchor", "Topology.TopologyPlan", "Topology.ComponentPlan", "Topology.Fail")]
    [TestCase("Topology.Engine", "processes, HTTP and the console", "System.Net.", "System.Console", "System.Diagnostics.Process", "System.IO.FileStream", "System.IO.Directory")]
    [TestCase("Topology.Cluster", "HTTP and the console", "System.Net.Http", "Microsoft.AspNetCore", "System.Console")]
    public void A_project_does_not_know(string project, string what, params string[] types) =>
        Assert.That(BuiltAssembly.Read(project).Types.Where(used => types.Any(type => IsOf(used, type))), Is.Empty, $"{project} must not know {what}.");

    /// <summary>The rules are looked at where they are known to be broken, so that they cannot pass by finding nothing.</summary>
    [Test]
    public void An_arrow_that_is_not_allowed_is_found()
    {
        Assert.That(Upward("Topology.Cluster", []), Does.Contain("Topology.Engine"));
        Assert.That(ReferencesIn("src/Topology.Engine/Topology.Engine.csproj"), Is.EqualTo(new[] { "Topology.Messaging" }));
        Assert.That(BuiltAssembly.Read("Topology").Friends, Does.Contain("Topology.Engine"));
        Assert.That(BuiltAssembly.Read("Topology.Cli").Types.Where(used => IsOf(used, "System.Console")), Is.Not.Empty);
    }

    private static IEnumerable<string> Upward(string assembly, HashSet<string> allowed) =>
        BuiltAssembly.Read(assembly).References.Where(r => Arrows.IsOurs(r) && !allowed.Contains(r));

    private static IEnumerable<string> ReferencesIn(string projectFile) =>
        XDocument.Parse(Repository.Read(projectFile)).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));

    // A namespace ends with a point; a name is that of a type or begins those of several.
    private static bool IsOf(string used, string type) =>
        type.EndsWith('.') ? used.StartsWith(type, StringComparison.Ordinal) : used == type || (used.StartsWith(type, StringComparison.Ordinal) && type.StartsWith("Topology.", StringComparison.Ordinal)) || used.StartsWith(type + ".", StringComparison.Ordinal);
}
