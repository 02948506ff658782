namespace Topology.Cluster;

/// <summary>Finds the program of all roles for a process that is not that program itself, such as one that runs tests.</summary>
internal static class WorkerExecutable
{
    private const string Name = "Topology.Cli";
    private const string Assembly = ".dll";

    /// <summary>What starts it, with arguments and the file for its streams.</summary>
    /// <param name="path">Its path; null for the one in <paramref name="folder"/>.</param>
    /// <param name="folder">Where this program's own assemblies are.</param>
    /// <exception cref="ProcessException">It is not there.</exception>
    public static Func<IReadOnlyList<string>, string, ProcessStart> Find(string? path, string folder)
    {
        var file = Path.GetFullPath(path ?? Path.Combine(folder, Name + Assembly));
        if (!File.Exists(file)) throw new ProcessException($"There is no program {file} for worker processes: {(path is null ? $"refer to {Name} in this project, or name the program by {nameof(ProcessClusterOptions)}.{nameof(ProcessClusterOptions.Program)}." : "name that of Topology.")}");
        if (Path.GetExtension(file) != Assembly) return (arguments, log) => new ProcessStart { FileName = file, Arguments = arguments, LogFile = log };
        // Without it the runtime says something about a missing hostpolicy library.
        var config = Path.ChangeExtension(file, ".runtimeconfig.json");
        if (!File.Exists(config)) throw new ProcessException($"{file} cannot be started without {Path.GetFileName(config)} beside it: refer to {Name} as a project or package, which brings both.");
        return (arguments, log) => ProcessStart.OfAssembly(file, arguments, log);
    }
}
