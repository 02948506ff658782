using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Topology.Architecture.Tests;

/// <summary>What an assembly says about itself and others, read from its file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="References">The assemblies that its code uses.</param>
/// <param name="Types">The types of other assemblies that its code uses, with their namespaces.</param>
/// <param name="Friends">The assemblies that may see its internals.</param>
internal sealed record BuiltAssembly(string Name, ImmutableArray<string> References, ImmutableArray<string> Types, ImmutableArray<string> Friends)
{
    /// <summary>Reads an assembly that lies beside these tests, as every one does that they refer to.</summary>
    public static BuiltAssembly Read(string name)
    {
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{name}.dll")));
        var reader = file.GetMetadataReader();
        return new(
            name,
            [.. reader.AssemblyReferences.Select(handle => reader.GetString(reader.GetAssemblyReference(handle).Name))],
            [.. reader.TypeReferences.Select(handle => NameOf(reader, handle))],
            [.. FriendsOf(reader)]);
    }

    private static string NameOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        // A nested type is found through the one around it.
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{NameOf(reader, (TypeReferenceHandle)type.ResolutionScope)}.{name}"
            : $"{reader.GetString(type.Namespace)}.{name}";
    }

    private static IEnumerable<string> FriendsOf(MetadataReader reader)
    {
        foreach (var handle in reader.GetAssemblyDefinition().GetCustomAttributes())
        {
            var attribute = reader.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind != HandleKind.MemberReference) continue;
            var type = reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
            if (type.Kind != HandleKind.TypeReference || NameOf(reader, (TypeReferenceHandle)type) != "System.Runtime.CompilerServices.InternalsVisibleToAttribute") continue;
            var value = reader.GetBlobReader(attribute.Value);
            // The first two bytes are a prolog.
            value.ReadUInt16();
            yield return value.ReadSerializedString()!;
        }
    }
}
