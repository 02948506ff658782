using System.IO.Compression;
using System.Security.Cryptography;

namespace Topology.Cluster;

/// <summary>
/// A build output folder as a zip. The same content gives the same bytes, and so the same id, on every machine with the same version of .NET: names are sorted, times and rights are fixed.
/// (Another version may deflate otherwise; then the same content has two ids, which costs room and nothing else.)
/// </summary>
/// <param name="Id">The package's id.</param>
/// <param name="Bytes">The zip's length in bytes.</param>
public sealed record TopologyPackage(UploadId Id, long Bytes)
{
    // The first time that the format can say.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Unix rights are the upper half: a plain file, 0644.
    private const int PlainFile = (0x8000 | 0x1A4) << 16;

    /// <summary>Packs a folder with all that is below it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="manifest">What the package is to say about itself.</param>
    /// <param name="zip">The file to write, outside the folder; one that exists is replaced. After an exception there is none.</param>
    /// <param name="limits">The limits of the side that will receive it; null for the defaults.</param>
    /// <param name="progress">Told after each file, on this thread; null for nobody.</param>
    /// <param name="compression">How hard to press: another level gives another id.</param>
    /// <param name="cancellation">Ends the packing.</param>
    /// <exception cref="UploadException">The folder is not there, is over a limit, holds a link, or a name that would be refused, or cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The packing was ended.</exception>
    public static TopologyPackage Pack(
        string folder,
        TopologyManifest manifest,
        string zip,
        UploadLimits? limits = null,
        IProgress<PackageProgress>? progress = null,
        CompressionLevel compression = CompressionLevel.Optimal,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        try
        {
            var files = PackageFolder.Files(folder, limits ??= new UploadLimits());
            manifest.RequireIn(folder);
            Write(zip, files, manifest, progress, compression, cancellation);
            return Finished(zip, limits);
        }
        catch (Exception error)
        {
            File.Delete(zip);
            if (error is IOException or UnauthorizedAccessException) throw new UploadException($"{folder} cannot be packed: {error.Message}", error);
            throw;
        }
    }

    private static void Write(string zip, IReadOnlyList<PackedFile> files, TopologyManifest manifest, IProgress<PackageProgress>? progress, CompressionLevel compression, CancellationToken cancellation)
    {
        using var stream = new FileStream(zip, FileMode.Create, FileAccess.ReadWrite);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create);
        using (var entry = NewEntry(archive, TopologyManifest.FileName, compression)) entry.Write(manifest.ToBytes());
        var (count, bytes, all) = (0, 0L, files.Sum(file => file.Bytes));
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            using (var content = new FileStream(file.File, FileMode.Open, FileAccess.Read))
            using (var entry = NewEntry(archive, file.Path, compression)) content.CopyTo(entry);
            progress?.Report(new PackageProgress(++count, files.Count, bytes += file.Bytes, all));
        }
    }

    private static Stream NewEntry(ZipArchive archive, string path, CompressionLevel compression)
    {
        var entry = archive.CreateEntry(path, compression);
        entry.LastWriteTime = Epoch;
        entry.ExternalAttributes = PlainFile;
        return entry.Open();
    }

    /// <summary>Looks at the zip as the receiving side will.</summary>
    private static TopologyPackage Finished(string zip, UploadLimits limits)
    {
        using var stream = new FileStream(zip, FileMode.Open, FileAccess.Read);
        if (stream.Length > limits.ZipBytes) throw new UploadException($"The package has {stream.Length} bytes; the limit is {limits.ZipBytes}.");
        new ZipUnpacker(limits).Check(stream);
        stream.Position = 0;
        return new TopologyPackage(UploadId.Of(SHA256.HashData(stream)), stream.Length);
    }
}
