using YamlDotNet.Serialization;

namespace Topology.EndToEnd.Topologies;

/// <summary>Needs an assembly that is no part of .NET.</summary>
internal static class Need
{
    public static void Assembly() => _ = new SerializerBuilder().Build();
}
