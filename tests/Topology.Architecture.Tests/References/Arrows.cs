namespace Topology.Architecture.Tests;

/// <summary>Who may refer to whom: from each project of <c>src</c> to those right below it, and through them to what is below those.</summary>
internal static class Arrows
{
    private static readonly Dictionary<string, string[]> Direct = new()
    {
        ["Topology"] = [],
        ["Topology.Messaging"] = ["Topology"],
        ["Topology.Engine"] = ["Topology.Messaging"],
        ["Topology.Cluster"] = ["Topology.Engine"],
        ["Topology.Testing"] = ["Topology.Cluster"],
        ["Topology.Web"] = ["Topology.Cluster"],
        ["Topology.Cli"] = ["Topology.Cluster", "Topology.Web"],
    };

    public static IEnumerable<string> Projects => Direct.Keys;

    /// <summary>Everything that a project may refer to.</summary>
    public static HashSet<string> Below(string project)
    {
        var below = new HashSet<string>();
        foreach (var next in Direct[project])
        {
            below.Add(next);
            below.UnionWith(Below(next));
        }

        return below;
    }

    /// <summary>Everything that may refer to a project.</summary>
    public static HashSet<string> Above(string project) => [.. Direct.Keys.Where(other => Below(other).Contains(project))];

    /// <summary>Whether an assembly is one of this product, tests and examples included.</summary>
    public static bool IsOurs(string assembly) =>
        assembly == "Topology" || assembly.StartsWith("Topology.", StringComparison.Ordinal) || Repository.ProjectsOf("topologies").Contains(assembly);
}
