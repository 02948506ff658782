namespace Topology.Cluster;

/// <summary>A file to pack.</summary>
/// <param name="Path">Its path in the package.</param>
/// <param name="File">Where it is now.</param>
/// <param name="Bytes">Its length.</param>
internal sealed record PackedFile(string Path, string File, long Bytes);
