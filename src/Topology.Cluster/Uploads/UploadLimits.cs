namespace Topology.Cluster;

/// <summary>What an upload may be. The packing side applies them too, so that a package is refused before it is sent.</summary>
public sealed record UploadLimits
{
    /// <summary>Bytes of a zip.</summary>
    public long ZipBytes { get; init; } = 256L << 20;

    /// <summary>Entries of a zip, directories included. At most 65,534, since the format's larger counts are not read.</summary>
    public int Entries { get; init; } = 10_000;

    /// <summary>Bytes of one file.</summary>
    public long FileBytes { get; init; } = 512L << 20;

    /// <summary>Bytes of all files of a zip.</summary>
    public long UnpackedBytes { get; init; } = 1L << 30;

    /// <summary>How many times larger than the zip all its files may be, beyond the first MiB. Deflate reaches 1,032; build outputs reach 2 to 5.</summary>
    public int Ratio { get; init; } = 100;

    /// <summary>Parts of a path, the file's name included.</summary>
    public int PathDepth { get; init; } = 32;

    /// <summary>Bytes of one part of a path, in UTF-8. Linux has no more than 255.</summary>
    public int NameBytes { get; init; } = 255;

    /// <summary>Bytes of a path, in UTF-8.</summary>
    public int PathBytes { get; init; } = 1_024;

    /// <summary>Bytes on disk of all uploads together: zips, unpacked files and what is being received.</summary>
    public long StoreBytes { get; init; } = 8L << 30;

    /// <summary>Uploads being received at the same time.</summary>
    public int Receiving { get; init; } = 16;

    /// <summary>For how long an upload stays after it was last received or unpacked although no topology refers to it: time for the submit to follow.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromHours(1);
}
