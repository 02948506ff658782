using System.IO.Compression;

namespace Topology.Cluster;

/// <summary>Unpacks a zip that nobody trusts into a fresh directory.</summary>
internal sealed class ZipUnpacker(UploadLimits limits)
{
    private const UnixFileMode PrivateDirectory = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>How far content may exceed the zip whatever the ratio: small files that repeat themselves are common.</summary>
    private const long FreeBytes = 1 << 20;

    private readonly byte[] _buffer = new byte[64 * 1024];

    /// <summary>Reads what a zip declares, and checks it.</summary>
    /// <returns>Its entries, and how many bytes they declare in all.</returns>
    /// <exception cref="UploadException">It is over a limit, or has an entry that is refused.</exception>
    public (List<ZipItem> Items, long Bytes) Check(Stream zip)
    {
        var items = ZipDirectory.Read(zip, limits);
        var paths = new ZipPaths(limits);
        var bytes = 0L;
        foreach (var item in items)
        {
            paths.Add(item.Path, item.UnixMode);
            if (item.Bytes > limits.FileBytes) throw new UploadException(item.Path, $"has {item.Bytes} bytes; the limit for a file is {limits.FileBytes}");
            if (item.IsDirectory && item.Bytes > 0) throw new UploadException(item.Path, "is a directory with content");
            bytes += item.Bytes;
            if (bytes > limits.UnpackedBytes) throw new UploadException(item.Path, $"brings the package to {bytes} bytes; the limit is {limits.UnpackedBytes}");
            if (bytes - FreeBytes > zip.Length * limits.Ratio) throw new UploadException(item.Path, $"brings the package to {bytes} bytes from a zip of {zip.Length}; the limit is {limits.Ratio} times as many");
        }

        return (items, bytes);
    }

    /// <summary>Writes the files, each fsynced and with the rights 0400.</summary>
    /// <param name="zip">The zip.</param>
    /// <param name="items">What <see cref="Check"/> returned.</param>
    /// <param name="directory">An empty directory; what is in it after an exception is the caller's to delete.</param>
    public void Unpack(Stream zip, IEnumerable<ZipItem> items, string directory)
    {
        foreach (var item in items)
        {
            var path = Path.Combine(directory, item.Path);
            Directory.CreateDirectory(item.IsDirectory ? path : Path.GetDirectoryName(path)!, PrivateDirectory);
            if (!item.IsDirectory) Unpack(zip, item, path);
        }
    }

    private void Unpack(Stream zip, ZipItem item, string path)
    {
        using var packed = new ZipSegment(zip, ZipLayout.DataOffset(zip, item), item.PackedBytes);
        using Stream content = item.IsDeflated ? new DeflateStream(packed, CompressionMode.Decompress) : packed;
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = UnixFileMode.UserRead });
        try
        {
            Copy(item, content, file);
        }
        catch (InvalidDataException error)
        {
            throw new UploadException($"Entry '{item.Path}' has data that cannot be unpacked.", error);
        }

        file.Flush(flushToDisk: true);
    }

    private void Copy(ZipItem item, Stream content, FileStream file)
    {
        var (bytes, sum) = (0L, 0u);
        while (content.Read(_buffer) is > 0 and var read)
        {
            bytes += read;
            // Stops at the first byte too many: what the limits were checked against is what was declared.
            if (bytes > item.Bytes) throw new UploadException(item.Path, $"has more than the {item.Bytes} bytes that it declares");
            sum = Crc32.Append(sum, _buffer.AsSpan(0, read));
            file.Write(_buffer, 0, read);
        }

        if (bytes < item.Bytes) throw new UploadException(item.Path, $"has {bytes} bytes and declares {item.Bytes}");
        if (sum != item.Crc) throw new UploadException(item.Path, "has other content than its CRC-32 says");
    }
}
