using System.Runtime.InteropServices;

namespace Topology.Cluster;

/// <summary>Where <c>dotnet</c> is, which runs assemblies.</summary>
internal static class DotNetHost
{
    private static readonly string FileName = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    /// <summary>Whether a program is <c>dotnet</c>, so that what runs is the assembly that it was given.</summary>
    public static bool Is(string program) => Path.GetFileName(program) == FileName;

    /// <summary>The one that runs this process, or belongs to the runtime that does.</summary>
    /// <exception cref="ProcessException">There is none, as where a program carries its runtime.</exception>
    public static string Find() =>
        Candidates().FirstOrDefault(File.Exists)
            ?? throw new ProcessException($"There is no {FileName} beside the runtime in {RuntimeEnvironment.GetRuntimeDirectory()}: install .NET, or set DOTNET_HOST_PATH to its {FileName}.");

    private static IEnumerable<string> Candidates()
    {
        if (Environment.ProcessPath is { } program && Is(program)) yield return program;
        if (Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { } host && Path.IsPathFullyQualified(host)) yield return host;
        // <root>/shared/Microsoft.NETCore.App/<version>/
        yield return Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", FileName));
    }
}
