namespace Topology;

/// <summary>A file among those of an input.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">Its path below the input's folder, with <c>/</c> between its parts; the order of files is that of their names.</param>
/// <param name="Index">Its place among the input's files, from 0.</param>
/// <param name="ListHash">A hash of the names up to its own: where that has not changed, neither has its place nor that of any file before it.</param>
internal sealed record InputFile(string Path, string Name, int Index, ulong ListHash);
