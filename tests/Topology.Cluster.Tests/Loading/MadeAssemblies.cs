using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.Loader;

namespace Topology.Cluster.Tests;

/// <summary>Writes small assemblies: a library that tells its version, and a topology that uses it.</summary>
internal sealed class MadeAssemblies : IDisposable
{
    public const string Library = "Made.Library";
    public const string Topology = "Made.Orders";

    public string Root { get; } = Directory.CreateTempSubdirectory("topology-made-").FullName;

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>A folder with a topology that declares a setting of the library's version, and the library.</summary>
    /// <returns>The path of the topology's assembly.</returns>
    public string Write(string folder, Version version)
    {
        var path = Directory.CreateDirectory(Path.Combine(Root, folder)).FullName;
        var library = WriteLibrary(Path.Combine(path, Library + ".dll"), version);
        // Looked at and not kept: its types are only named in the other.
        var context = new AssemblyLoadContext("made", isCollectible: true);
        var tell = context.LoadFromStream(new MemoryStream(File.ReadAllBytes(library))).GetType("Made.Told")!.GetMethod("Version")!;
        var topology = WriteTopology(Path.Combine(path, Topology + ".dll"), tell);
        context.Unload();
        return topology;
    }

    private static string WriteLibrary(string path, Version version)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(Library) { Version = version }, typeof(object).Assembly);
        var type = assembly.DefineDynamicModule(Library).DefineType("Made.Told", TypeAttributes.Public | TypeAttributes.Abstract | TypeAttributes.Sealed);
        var body = type.DefineMethod("Version", MethodAttributes.Public | MethodAttributes.Static, typeof(string), []).GetILGenerator();
        body.Emit(OpCodes.Ldstr, version.ToString());
        body.Emit(OpCodes.Ret);
        type.CreateType();
        assembly.Save(path);
        return path;
    }

    private static string WriteTopology(string path, MethodInfo tell)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(Topology), typeof(object).Assembly);
        var type = assembly.DefineDynamicModule(Topology).DefineType("Made.OrdersTopology", TypeAttributes.Public | TypeAttributes.Sealed, typeof(object), [typeof(ITopology)]);
        type.DefineDefaultConstructor(MethodAttributes.Public);
        var body = type.DefineMethod(nameof(ITopology.Build), MethodAttributes.Public | MethodAttributes.Virtual, typeof(void), [typeof(TopologyBuilder)]).GetILGenerator();
        // throw new TopologyException(Told.Version()): what Build saw, without the need of any component.
        body.Emit(OpCodes.Call, tell);
        body.Emit(OpCodes.Newobj, typeof(TopologyException).GetConstructor([typeof(string)])!);
        body.Emit(OpCodes.Throw);
        type.CreateType();
        assembly.Save(path);
        return path;
    }
}
