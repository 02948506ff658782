using System.Globalization;

namespace Topology.Cluster;

/// <summary>
/// The directory that a daemon keeps everything in, held by one process at a time. The lock is the kernel's (<c>flock</c>), so it is gone with the process however that ends, and processes started by the holder do not inherit it.
/// Not on network file systems. Thread-safe.
/// </summary>
public sealed class DataDirectory : IDisposable
{
    private const string LockName = "lock";
    private const string HolderName = "lock.pid";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream held)
    {
        FullPath = path;
        _lock = held;
    }

    /// <summary>Its absolute path.</summary>
    public string FullPath { get; }

    /// <summary>Takes a directory, which is made with the rights 0700 if there is none.</summary>
    /// <param name="path">The directory.</param>
    /// <exception cref="DataDirectoryException">Another process holds it (its id is named if it can be told); it is a link; it belongs to another user; others may read or write it; or it cannot be made.</exception>
    public static DataDirectory Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        try
        {
            Directory.CreateDirectory(full, Private);
            RequirePrivate(full);
            var directory = new DataDirectory(full, Lock(full));
            File.WriteAllText(Path.Combine(full, HolderName), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return directory;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataDirectoryException($"The data directory {full} cannot be used: {error.Message}", error);
        }
    }

    /// <summary>Lets the directory go. Its files stay.</summary>
    public void Dispose() => _lock.Dispose();

    private static void RequirePrivate(string path)
    {
        if (new DirectoryInfo(path).LinkTarget is { } target) throw new DataDirectoryException($"The data directory {path} is a link to {target}: name the directory itself.");
        if (NativeFile.OwnerOf(path) != NativeFile.CurrentUser) throw new DataDirectoryException($"The data directory {path} belongs to another user: run as that user, or name another directory.");
        if ((File.GetUnixFileMode(path) & ~Private) != 0) throw new DataDirectoryException($"Others may use the data directory {path}, which holds secrets: chmod 700 it, or name another directory.");
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(Path.Combine(path, LockName), new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
                BufferSize = 0,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (IOException error)
        {
            throw new DataDirectoryException($"The data directory {path} is in use by {HolderOf(path)}. One daemon has a directory: use that one, or end it.", error) { IsInUse = true };
        }
    }

    /// <summary>Who holds it, for the message alone: the holder may not have said so yet.</summary>
    private static string HolderOf(string path)
    {
        try
        {
            return int.TryParse(File.ReadAllText(Path.Combine(path, HolderName)), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                ? string.Create(CultureInfo.InvariantCulture, $"process {pid}")
                : "another process";
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}
