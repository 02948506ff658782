namespace Topology.Cluster;

/// <summary>An entry of a zip, as its central directory says; not to be believed.</summary>
/// <param name="Path">Its path, with '/' between the parts and, for a directory, at the end.</param>
/// <param name="IsDeflated">Whether its data are deflated; else they are stored as they are.</param>
/// <param name="PackedBytes">Bytes of its data in the zip.</param>
/// <param name="Bytes">Bytes of its content.</param>
/// <param name="Crc">The CRC-32 of its content.</param>
/// <param name="UnixMode">The type and rights of its file; 0 where they are not said.</param>
/// <param name="HeaderOffset">Where its own header begins in the zip.</param>
internal sealed record ZipItem(string Path, bool IsDeflated, long PackedBytes, long Bytes, uint Crc, int UnixMode, long HeaderOffset)
{
    public bool IsDirectory => Path.EndsWith('/');
}
