using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Topology.Cluster;

/// <summary>What a package says about itself, as <c>topology-package.json</c> in its root. Immutable.</summary>
/// <param name="Assembly">The file name of the assembly that holds the topologies, in the package's root.</param>
/// <param name="Classes">The full names of the classes that build topologies, by ordinal.</param>
/// <param name="ProductVersion">The version of Topology that packed it.</param>
public sealed record TopologyManifest(string Assembly, ImmutableArray<string> Classes, string ProductVersion)
{
    /// <summary>The manifest's file name, which no file of the packed folder may have.</summary>
    public const string FileName = "topology-package.json";

    private const int MaxBytes = 65_536;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n", RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>Reads the manifest of an unpacked package.</summary>
    /// <param name="directory">What <see cref="UploadStore.Unpack"/> returned.</param>
    /// <exception cref="UploadException">There is none, it cannot be read or has more than 65,536 bytes, or it names an assembly that is not in the package's root.</exception>
    public static TopologyManifest Read(string directory)
    {
        var file = new FileInfo(Path.Combine(directory, FileName));
        if (!file.Exists) throw new UploadException($"The package has no {FileName}: pack it with this product's CLI.");
        if (file.Length > MaxBytes) throw new UploadException(FileName, $"has {file.Length} bytes; the limit is {MaxBytes}");
        var manifest = Parse(File.ReadAllBytes(file.FullName));
        manifest.RequireIn(directory);
        return manifest;
    }

    internal byte[] ToBytes() => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(this with { Classes = [.. Classes.Order(StringComparer.Ordinal)] }, Json) + "\n");

    /// <summary>Checks that the assembly is a file in a folder, and not a path that leads elsewhere.</summary>
    internal void RequireIn(string folder)
    {
        if (Assembly.Length == 0 || Assembly != Path.GetFileName(Assembly) || Assembly.Any(c => char.IsControl(c) || c == '\\')) throw new UploadException(FileName, "names an assembly that is no file name");
        if (!File.Exists(Path.Combine(folder, Assembly))) throw new UploadException(FileName, $"names the assembly '{Assembly}', which is not in the package's root");
    }

    private static TopologyManifest Parse(byte[] bytes)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<TopologyManifest>(bytes, Json);
            if (manifest is null || manifest.Classes.IsDefault || manifest.Classes.Contains(null!)) throw new UploadException(FileName, "is not complete");
            return manifest;
        }
        catch (JsonException error)
        {
            throw new UploadException($"Entry '{FileName}' cannot be read: {error.Message}", error);
        }
    }
}
