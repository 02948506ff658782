using System.Runtime.InteropServices;

namespace Topology.EndToEnd.Tests;

/// <summary>A file system in memory that is soon full. For root.</summary>
internal sealed partial class TinyDisk : IDisposable
{
    public const int Bytes = 128 * 1024;

    private TinyDisk(string path) => Path = path;

    public string Path { get; }

    public static TinyDisk? TryMount(string path, int bytes = Bytes)
    {
        Directory.CreateDirectory(path);
        return Mount("topology-test", path, "tmpfs", 0, $"size={bytes}") == 0 ? new(path) : null;
    }

    public void Dispose() => _ = Unmount(Path, Detach);

    // What is still open goes when it is closed.
    private const int Detach = 2;

    [LibraryImport("libc", EntryPoint = "mount", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, nuint flags, string data);

    [LibraryImport("libc", EntryPoint = "umount2", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string target, int flags);
}
