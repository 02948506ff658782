using System.Reflection;
using System.Runtime.Loader;

namespace Topology.Cluster;

/// <summary>
/// Where a topology's assembly lives with what it refers to, in its own versions, found by its <c>.deps.json</c> or beside it; native libraries too. Only the author's contract and what the contract
/// shows of other assemblies are those of this program, since types that pass between the two must be one, and the framework is. Nothing else of this program is seen: what a topology needs comes with it. Thread-safe; it is not unloaded.
/// </summary>
public sealed class TopologyLoadContext : AssemblyLoadContext
{
    private static readonly string[] Shared =
    [
        "Topology",
        "Microsoft.Extensions.Logging.Abstractions",
        // Shown by the logging abstractions in turn.
        "Microsoft.Extensions.DependencyInjection.Abstractions",
    ];

    private readonly AssemblyDependencyResolver _resolver;

    /// <param name="path">The absolute path of the topology's assembly.</param>
    /// <exception cref="InvalidOperationException">Its <c>.deps.json</c> cannot be read.</exception>
    public TopologyLoadContext(string path) : base(Path.GetFileNameWithoutExtension(path))
    {
        Main = path;
        _resolver = new(path);
    }

    /// <summary>The path of the topology's assembly.</summary>
    public string Main { get; }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        if (Shared.Contains(assemblyName.Name, StringComparer.OrdinalIgnoreCase))
        {
            // Without its version: a topology built against a newer patch of a package meets the one that is here.
            return Default.LoadFromAssemblyName(new AssemblyName(assemblyName.Name!));
        }

        if (_resolver.ResolveAssemblyToPath(assemblyName) is { } found) return LoadFound(found, assemblyName);
        // Else a copy that this program has for itself would take its place, of a version that nobody chose.
        return IsOfThisProgram(assemblyName) ? throw new FileNotFoundException(null, assemblyName.FullName) : null;
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } found ? LoadUnmanagedDllFromPath(found) : 0;

    // The runtime asks this of its own context alone; in others an older copy would be taken, and a method be missing in the middle of a run.
    private Assembly LoadFound(string path, AssemblyName asked)
    {
        var present = AssemblyName.GetAssemblyName(path).Version;
        if (present < asked.Version) throw new FileLoadException($"{path} is version {present}.", asked.FullName);
        return LoadFromAssemblyPath(path);
    }

    // Of a program that carries its runtime, the two lie in one folder and cannot be told apart.
    private static bool IsOfThisProgram(AssemblyName name) =>
        Path.GetDirectoryName(typeof(object).Assembly.Location) != Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory) && File.Exists(Path.Combine(AppContext.BaseDirectory, name.Name + ".dll"));
}
