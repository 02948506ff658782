namespace Topology.Cluster;

/// <summary>How far packing is.</summary>
/// <param name="Files">Files packed.</param>
/// <param name="AllFiles">Files to pack in all.</param>
/// <param name="Bytes">Bytes packed, before compression.</param>
/// <param name="AllBytes">Bytes to pack in all.</param>
public readonly record struct PackageProgress(int Files, int AllFiles, long Bytes, long AllBytes);
