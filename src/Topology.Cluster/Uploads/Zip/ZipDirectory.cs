using System.Buffers.Binary;
using System.Text;

namespace Topology.Cluster;

/// <summary>
/// Reads the central directory of a zip, strictly and in bounded memory (format: PKWARE APPNOTE 6.3.10, sections 4.3.12 and 4.3.16). What the packing side never writes is refused: several disks, encryption, comments,
/// other methods than stored and deflated, zip64 (which nothing within the limits needs), bytes before the first or behind the last part, and headers or data that lie on one another.
/// </summary>
internal static class ZipDirectory
{
    private const int EndBytes = 22;
    private const uint EndSignature = 0x06054b50;
    private const int ItemBytes = 46;
    private const uint ItemSignature = 0x02014b50;

    private const int Encrypted = 0x1 | 0x40 | 0x2000;
    private const int Utf8 = 0x800;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the entries, in the order of the directory.</summary>
    /// <exception cref="UploadException">It is no zip that is taken, or has too many entries.</exception>
    public static List<ZipItem> Read(Stream zip, UploadLimits limits)
    {
        var (count, length, offset) = ReadEnd(zip);
        if (count > limits.Entries) throw new UploadException($"The zip has {count} entries; the limit is {limits.Entries}.");
        // A directory is at most what its entries can be: 46 bytes and a path each, with some room for extra fields that are passed over.
        if (length > (long)count * (ItemBytes + limits.PathBytes + 1_024)) throw new UploadException($"The zip's directory has {length} bytes, too many for {count} entries.");
        var directory = new byte[length];
        zip.Position = offset;
        zip.ReadExactly(directory);
        var items = new List<ZipItem>(count);
        var rest = directory.AsSpan();
        for (var n = 0; n < count; n++) items.Add(ReadItem(ref rest));
        if (!rest.IsEmpty) throw new UploadException($"The zip's directory goes on behind the {count} entries that it declares.");
        ZipLayout.RequireApart(zip, items, offset);
        return items;
    }

    private static (int Count, int Length, long Offset) ReadEnd(Stream zip)
    {
        Span<byte> end = stackalloc byte[EndBytes];
        if (zip.Length < EndBytes) throw new UploadException("It is no zip: it is too short.");
        zip.Position = zip.Length - EndBytes;
        zip.ReadExactly(end);
        if (BinaryPrimitives.ReadUInt32LittleEndian(end) != EndSignature) throw new UploadException("It is no zip, or has a comment or other bytes at its end.");
        int count = Word(end, 10);
        if (Word(end, 4) != 0 || Word(end, 6) != 0 || Word(end, 8) != count) throw new UploadException("The zip is spread over several disks.");
        var (length, offset) = (Number(end, 12), Number(end, 16));
        if (count == ushort.MaxValue || length == uint.MaxValue || offset == uint.MaxValue) throw new UploadException("The zip is a zip64, which nothing within the limits needs.");
        return offset + length == zip.Length - EndBytes ? (count, checked((int)length), offset) : throw new UploadException("The zip's directory does not lie where it declares.");
    }

    private static ZipItem ReadItem(ref Span<byte> rest)
    {
        if (rest.Length < ItemBytes || Number(rest, 0) != ItemSignature) throw new UploadException("The zip's directory has fewer entries than it declares.");
        int nameLength = Word(rest, 28);
        var length = ItemBytes + nameLength + Word(rest, 30) + Word(rest, 32);
        if (rest.Length < length) throw new UploadException("The zip's directory ends inside an entry.");
        var item = ItemOf(rest[..ItemBytes], NameOf(rest.Slice(ItemBytes, nameLength), Word(rest, 8)));
        rest = rest[length..];
        return item;
    }

    private static ZipItem ItemOf(ReadOnlySpan<byte> header, string name)
    {
        if ((Word(header, 8) & Encrypted) != 0) throw new UploadException(name, "is encrypted");
        if (Word(header, 10) is not (0 or 8) and var method) throw new UploadException(name, $"is packed by method {method}; stored and deflated are taken");
        var (packed, bytes, offset) = (Number(header, 20), Number(header, 24), Number(header, 42));
        if (packed == uint.MaxValue || bytes == uint.MaxValue || offset == uint.MaxValue) throw new UploadException(name, "is of zip64, which nothing within the limits needs");
        if (Word(header, 10) == 0 && packed != bytes) throw new UploadException(name, $"is stored and declares {packed} bytes in the zip but {bytes} of content");
        return new ZipItem(name, Word(header, 10) == 8, packed, bytes, Number(header, 16), (int)(Number(header, 38) >> 16), offset);
    }

    private static string NameOf(ReadOnlySpan<byte> bytes, int flags)
    {
        // Without the flag a name is of code page 437, or of whatever the packer liked.
        if ((flags & Utf8) == 0 && bytes.ContainsAnyExceptInRange((byte)0, (byte)127)) throw new UploadException(Encoding.Latin1.GetString(bytes), "has a name that is not ASCII and not declared to be UTF-8");
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new UploadException(Encoding.Latin1.GetString(bytes), "has a name that is no UTF-8");
        }
    }

    private static ushort Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
