namespace Topology.Cluster;

/// <summary>Directories of uploads: made private, read-only in use, and gone when deleted.</summary>
internal static class UploadDirectories
{
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.UserExecute;
    private const UnixFileMode Private = ReadOnly | UnixFileMode.UserWrite;

    public static void Make(string path) => Directory.CreateDirectory(path, Private);

    /// <summary>Makes the names in a tree durable, and takes the right to write from the directories below its root.</summary>
    public static void Seal(string root)
    {
        foreach (var directory in Directories(root))
        {
            NativeFile.FlushDirectory(directory);
            if (directory != root) File.SetUnixFileMode(directory, ReadOnly);
        }
    }

    /// <summary>Takes the right to write from a root, which could not be renamed any more without it.</summary>
    public static void SealRoot(string root) => File.SetUnixFileMode(root, ReadOnly);

    /// <summary>Deletes a tree, sealed or not. No effect if there is none.</summary>
    public static void Delete(string root)
    {
        if (!Directory.Exists(root)) return;
        foreach (var directory in Directories(root)) File.SetUnixFileMode(directory, Private);
        Directory.Delete(root, recursive: true);
    }

    /// <summary>Bytes of all files in a tree.</summary>
    public static long BytesIn(string root) => new DirectoryInfo(root).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    // A root before what is in it, so that each can be entered when it is reached.
    private static IEnumerable<string> Directories(string root)
    {
        yield return root;
        foreach (var inner in Directory.EnumerateDirectories(root).SelectMany(Directories)) yield return inner;
    }
}
