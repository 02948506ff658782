using System.Text;

namespace Topology.Cluster.Tests;

/// <summary>An entry of a zip in which everything can be said otherwise than it is. Names are written as Latin-1, one byte a character.</summary>
internal sealed record ZipLie(string Name)
{
    public ZipLie(string name, string content) : this(name)
    {
        Packed = Encoding.UTF8.GetBytes(content);
        (PackedBytes, Bytes, Crc) = ((uint)Packed.Length, (uint)Packed.Length, Crc32.Append(0, Packed));
    }

    public byte[] Packed { get; init; } = [];

    public uint PackedBytes { get; init; }

    public uint Bytes { get; init; }

    public uint Crc { get; init; }

    public int Method { get; init; }

    public int Flags { get; init; }

    public int UnixMode { get; init; }

    /// <summary>The name in the entry's own header, if it is another.</summary>
    public string? OwnName { get; init; }

    /// <summary>Where the directory says that the entry is, if it is elsewhere.</summary>
    public uint? Offset { get; init; }

    public static ZipLie Deflated(string name, byte[] content)
    {
        var packed = ZipBytes.Deflate(content);
        return new ZipLie(name) { Packed = packed, PackedBytes = (uint)packed.Length, Bytes = (uint)content.Length, Crc = Crc32.Append(0, content), Method = 8 };
    }
}
