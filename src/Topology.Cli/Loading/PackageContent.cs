using Topology.Cluster;

namespace Topology.Cli;

/// <summary>What a package of an assembly says about itself. The assembly is loaded to look at its classes; none of its code runs.</summary>
internal static class PackageContent
{
    /// <param name="assembly">The assembly's path.</param>
    /// <param name="className">The class that is meant; null for the only one.</param>
    /// <param name="usage">The command as far as the class's name, for the hint.</param>
    /// <returns>The class that is meant, and the manifest.</returns>
    /// <exception cref="CommandException">There is no such class, or there are several.</exception>
    public static (Type Type, TopologyManifest Manifest) Of(string assembly, string? className, string usage)
    {
        var loaded = TopologyAssembly.LoadFile(assembly);
        var type = TopologyClass.Find(loaded, className, usage);
        return (type, new TopologyManifest(Path.GetFileName(assembly), [.. TopologyClass.UsableIn(loaded).Select(t => t.FullName!)], CommandLineProgram.Version));
    }
}
