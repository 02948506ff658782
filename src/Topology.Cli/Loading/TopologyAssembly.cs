using System.Reflection;
using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Finds the assembly that a path names, building it where the path is a project's.</summary>
internal static class TopologyAssembly
{
    /// <exception cref="CommandException">There is none, it does not build, or it cannot be loaded.</exception>
    public static Assembly Load(string path, CommandContext context) => LoadFile(Locate(path, context));

    /// <summary>The full path of the assembly.</summary>
    /// <exception cref="CommandException">There is none, or it does not build.</exception>
    public static string Locate(string path, CommandContext context)
    {
        if (Directory.Exists(path)) path = ProjectBuild.Run(ProjectIn(path), context);
        else if (!File.Exists(path)) throw Missing(path);
        else if (IsProject(path)) path = ProjectBuild.Run(path, context);
        return Path.GetFullPath(path);
    }

    /// <exception cref="CommandException">It cannot be loaded.</exception>
    public static Assembly LoadFile(string path)
    {
        try
        {
            return TopologyLoader.LoadAssembly(path);
        }
        catch (TopologyLoadException exception)
        {
            var dll = Path.ChangeExtension(path, ".dll");
            var isProgram = exception.InnerException is BadImageFormatException && dll != path && File.Exists(dll);
            throw new CommandException(ExitCode.Usage, exception.Message, isProgram ? dll : "a project's folder, or the .dll that it builds", exception);
        }
    }

    private static string ProjectIn(string folder)
    {
        var projects = Directory.EnumerateFiles(folder).Where(IsProject).Order(StringComparer.Ordinal).ToList();
        return projects switch
        {
            [var one] => one,
            [] => throw new CommandException(ExitCode.Usage, $"no project in the folder '{folder}'", "the folder of a project, or an assembly"),
            _ => throw new CommandException(
                ExitCode.Usage,
                $"{projects.Count} projects in the folder '{folder}': {string.Join(", ", projects.Select(Path.GetFileName))}",
                projects[0] + " in place of the folder"),
        };
    }

    private static bool IsProject(string path) => Path.GetExtension(path).ToUpperInvariant() is ".CSPROJ" or ".FSPROJ" or ".VBPROJ";

    private static CommandException Missing(string path)
    {
        var trimmed = Path.TrimEndingDirectorySeparator(path);
        var folder = Path.GetDirectoryName(trimmed) is { Length: > 0 } named ? named : ".";
        var siblings = Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).Select(e => Path.GetFileName(e)!) : [];
        return new CommandException(
            ExitCode.Usage,
            $"no such file or folder: '{path}'{Suggestion.For(Path.GetFileName(trimmed), siblings)}",
            "a project's folder or file, or an assembly");
    }
}
