using System.Reflection;
using System.Reflection.Emit;

namespace Topology.Cli.Tests;

/// <summary>Writes small assemblies, whose topologies build nothing.</summary>
internal static class MadeAssembly
{
    /// <returns>The path of the assembly.</returns>
    public static string Write(TempFolder folder, string name, params string[] topologies)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name), typeof(object).Assembly);
        var module = assembly.DefineDynamicModule(name);
        foreach (var topology in topologies) Define(module, topology);
        var path = Path.Combine(folder.Path, name + ".dll");
        assembly.Save(path);
        return path;
    }

    private static void Define(ModuleBuilder module, string name)
    {
        var type = module.DefineType(name, TypeAttributes.Public | TypeAttributes.Sealed, typeof(object), [typeof(ITopology)]);
        type.DefineDefaultConstructor(MethodAttributes.Public);
        var build = type.DefineMethod(nameof(ITopology.Build), MethodAttributes.Public | MethodAttributes.Virtual, typeof(void), [typeof(TopologyBuilder)]);
        build.GetILGenerator().Emit(OpCodes.Ret);
        type.CreateType();
    }
}
