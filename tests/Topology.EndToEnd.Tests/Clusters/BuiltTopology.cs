namespace Topology.EndToEnd.Tests;

/// <summary>A topology as it was built with these tests.</summary>
/// <param name="Folder">The folder of its assembly and all that it needs.</param>
/// <param name="Assembly">Its assembly's file.</param>
/// <param name="Class">Its class, by the full name.</param>
internal sealed record BuiltTopology(string Folder, string Assembly, string Class)
{
    private const string OfTests = "Topology.EndToEnd.Topologies";

    /// <summary>The path of its assembly.</summary>
    public string Path => System.IO.Path.Combine(Folder, Assembly);

    /// <summary>A project of the folder <c>topologies</c>, or a class of the tests' own topologies.</summary>
    public static BuiltTopology Of(string name)
    {
        // …/tests/Topology.EndToEnd.Tests/bin/<configuration>/<framework>
        var own = new DirectoryInfo(System.IO.Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var root = own.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        var isExample = Directory.Exists(System.IO.Path.Combine(root, "topologies", name));
        var project = isExample ? System.IO.Path.Combine(root, "topologies", name) : System.IO.Path.Combine(root, "tests", OfTests);
        var folder = System.IO.Path.Combine(project, "bin", own.Parent.Name, own.Name);
        return isExample ? new(folder, $"{name}.dll", $"{name}.{name}Topology") : new(folder, $"{OfTests}.dll", $"{OfTests}.{name}");
    }

    /// <summary>A copy of it that lacks a file.</summary>
    public BuiltTopology Without(string file, string copy)
    {
        Directory.CreateDirectory(copy);
        foreach (var path in Directory.EnumerateFiles(Folder).Where(path => System.IO.Path.GetFileName(path) != file)) File.Copy(path, System.IO.Path.Combine(copy, System.IO.Path.GetFileName(path)));
        return this with { Folder = copy };
    }
}
