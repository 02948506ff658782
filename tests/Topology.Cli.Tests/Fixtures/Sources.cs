using System.Runtime.CompilerServices;

namespace Topology.Cli.Tests;

/// <summary>The sources that these tests were built from.</summary>
internal static class Sources
{
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", ".."));

    private static string Here([CallerFilePath] string path = "") => path;
}
