namespace Topology.EndToEnd.Tests;

/// <summary>The topologies of the repository, as they were built with these tests.</summary>
internal static class BuiltTopology
{
    /// <summary>The folder of a project's assembly and all that it needs.</summary>
    public static string FolderOf(string project)
    {
        // …/tests/Topology.EndToEnd.Tests/bin/<configuration>/<framework>
        var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var root = own.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, "topologies", project, "bin", own.Parent.Name, own.Name);
    }
}
