using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Topology.Cluster.Tests;

/// <summary>Writes zips byte by byte, so that they can lie.</summary>
internal static class ZipBytes
{
    public static byte[] Of(params IReadOnlyList<ZipLie> entries)
    {
        using var zip = new MemoryStream();
        var offsets = new List<uint>();
        foreach (var entry in entries)
        {
            offsets.Add((uint)zip.Length);
            zip.Write(Header(entry));
            zip.Write(entry.Packed);
        }

        var directory = (uint)zip.Length;
        for (var n = 0; n < entries.Count; n++) zip.Write(Item(entries[n], entries[n].Offset ?? offsets[n]));
        zip.Write(End(entries.Count, (uint)zip.Length - directory, directory));
        return zip.ToArray();
    }

    public static UploadId IdOf(byte[] zip) => UploadId.Parse(Convert.ToHexStringLower(SHA256.HashData(zip)));

    public static byte[] Deflate(ReadOnlySpan<byte> content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize)) deflate.Write(content);
        return packed.ToArray();
    }

    private static byte[] Header(ZipLie entry)
    {
        var name = Encoding.Latin1.GetBytes(entry.OwnName ?? entry.Name);
        var bytes = new byte[30 + name.Length];
        Number(bytes, 0, 0x04034b50);
        Word(bytes, 6, entry.Flags);
        Word(bytes, 8, entry.Method);
        Number(bytes, 14, entry.Crc);
        Number(bytes, 18, entry.PackedBytes);
        Number(bytes, 22, entry.Bytes);
        Word(bytes, 26, name.Length);
        name.CopyTo(bytes, 30);
        return bytes;
    }

    private static byte[] Item(ZipLie entry, uint offset)
    {
        var name = Encoding.Latin1.GetBytes(entry.Name);
        var bytes = new byte[46 + name.Length];
        Number(bytes, 0, 0x02014b50);
        Word(bytes, 8, entry.Flags);
        Word(bytes, 10, entry.Method);
        Number(bytes, 16, entry.Crc);
        Number(bytes, 20, entry.PackedBytes);
        Number(bytes, 24, entry.Bytes);
        Word(bytes, 28, name.Length);
        Number(bytes, 38, (uint)entry.UnixMode << 16);
        Number(bytes, 42, offset);
        name.CopyTo(bytes, 46);
        return bytes;
    }

    private static byte[] End(int count, uint length, uint offset)
    {
        var bytes = new byte[22];
        Number(bytes, 0, 0x06054b50);
        Word(bytes, 8, count);
        Word(bytes, 10, count);
        Number(bytes, 12, length);
        Number(bytes, 16, offset);
        return bytes;
    }

    private static void Word(byte[] bytes, int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), (ushort)value);

    private static void Number(byte[] bytes, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), value);
}
