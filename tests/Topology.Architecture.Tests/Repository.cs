namespace Topology.Architecture.Tests;

/// <summary>The folder that all of this lies in, and the files in it that people wrote.</summary>
internal static class Repository
{
    private static readonly string[] Generated = ["bin", "obj", "artifacts", "TestResults", ".git", ".vs", ".idea", ".vscode"];

    public static string Root { get; } = FindRoot();

    /// <summary>The names of the projects in a folder.</summary>
    public static IEnumerable<string> ProjectsOf(string folder) => Files(folder, "*.csproj").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    /// <summary>The files below a folder, by their paths from the root, with '/' between folders.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(FullPath(folder), pattern, SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Intersect(Generated).Any())
            .Order(StringComparer.Ordinal);

    public static string Read(string path) => File.ReadAllText(FullPath(path));

    public static string[] ReadLines(string path) => File.ReadAllLines(FullPath(path));

    public static string FullPath(string path) => Path.Combine(Root, path);

    /// <summary>Names at the top that tools make and nobody commits.</summary>
    public static bool IsGenerated(string name) => Generated.Contains(name);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Topology.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Topology.sln: run the tests from where they were built.");
    }
}
