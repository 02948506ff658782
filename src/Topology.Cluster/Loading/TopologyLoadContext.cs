using System.Reflection;
using System.Runtime.Loader;

namespace Topology.Cli;

/// <summary>
/// Where a topology's assembly lives with what it refers to, in its own versions, found by its <c>.deps.json</c>. Only the author's contract and what the contract
/// shows of other assemblies are those of this program, since types that pass between the two must be one.
/// </summary>
internal sealed class TopologyLoadContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
{
    private static readonly string[] Shared =
    [
        "Topology",
        "Microsoft.Extensions.Logging.Abstractions",
        // Shown by the logging abstractions in turn.
        "Microsoft.Extensions.DependencyInjection.Abstractions",
    ];

    private readonly AssemblyDependencyResolver _resolver = new(path);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (Shared.Contains(assemblyName.Name, StringComparer.OrdinalIgnoreCase))
        {
            // Without its version: a topology built against a newer patch of a package meets the one that is here.
            return Default.LoadFromAssemblyName(new AssemblyName(assemblyName.Name!));
        }

        return _resolver.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } found ? LoadUnmanagedDllFromPath(found) : 0;
}
