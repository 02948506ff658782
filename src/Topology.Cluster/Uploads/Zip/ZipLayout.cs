using System.Buffers.Binary;

namespace Topology.Cluster;

/// <summary>Where entries lie in a zip. Entries that share bytes are how a small zip becomes an enormous tree, and headers that differ from the directory are how two readers see two zips.</summary>
internal static class ZipLayout
{
    private const int HeaderBytes = 30;
    private const uint HeaderSignature = 0x04034b50;

    /// <summary>Checks that each entry's own header says its name, and that no two entries lie on one another or on the directory.</summary>
    /// <param name="zip">The zip.</param>
    /// <param name="items">Its entries.</param>
    /// <param name="directory">Where its directory begins.</param>
    public static void RequireApart(Stream zip, IEnumerable<ZipItem> items, long directory)
    {
        var free = 0L;
        foreach (var item in items.OrderBy(item => item.HeaderOffset))
        {
            if (item.HeaderOffset < free) throw new UploadException(item.Path, "lies on another entry of the zip");
            free = DataOffset(zip, item) + item.PackedBytes;
            if (free > directory) throw new UploadException(item.Path, "lies on the zip's directory or behind its end");
        }
    }

    /// <summary>Where an entry's data begin, behind its own header.</summary>
    public static long DataOffset(Stream zip, ZipItem item)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (item.HeaderOffset + HeaderBytes > zip.Length) throw new UploadException(item.Path, "lies behind the zip's end");
        zip.Position = item.HeaderOffset;
        zip.ReadExactly(header);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != HeaderSignature) throw new UploadException(item.Path, "has no header where the zip's directory says");
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header[26..]);
        RequireName(zip, item, nameLength);
        return item.HeaderOffset + HeaderBytes + nameLength + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
    }

    private static void RequireName(Stream zip, ZipItem item, int length)
    {
        var name = new byte[length];
        if (zip.ReadAtLeast(name, length, throwOnEndOfStream: false) < length || !name.AsSpan().SequenceEqual(System.Text.Encoding.UTF8.GetBytes(item.Path)))
            throw new UploadException(item.Path, "has another name in its own header");
    }
}
