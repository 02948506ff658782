using System.Runtime.InteropServices;

namespace Topology.Cluster;

/// <summary>What .NET has no call for: making names durable, and who owns a file. Linux.</summary>
internal static partial class NativeFile
{
    private const int CurrentDirectory = -100;
    private const int DoNotFollowLinks = 0x100;
    // Read only, closed in children: O_DIRECTORY is another number on each architecture, and not needed.
    private const int OpenDirectory = 0x80000;
    private const uint BasicStatus = 0x7ff;

    /// <summary>The user that this process acts as.</summary>
    public static uint CurrentUser => EffectiveUser();

    /// <summary>Writes what the system holds back of a file to its disk.</summary>
    public static void Flush(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Makes the names in a directory durable: a file that was made or renamed there may else be gone after a power cut, however well its content was flushed.</summary>
    /// <exception cref="IOException">The directory cannot be opened or flushed.</exception>
    public static void FlushDirectory(string directory)
    {
        var descriptor = Open(directory, OpenDirectory);
        if (descriptor < 0) throw Failure("opened", directory);
        try
        {
            if (Synchronize(descriptor) != 0) throw Failure("flushed", directory);
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    /// <summary>Who owns what a path names; of a link, the link itself.</summary>
    /// <exception cref="IOException">There is nothing of that name, or it cannot be looked at.</exception>
    public static uint OwnerOf(string path) => StatusOf(path).Owner;

    /// <summary>Whether a path names a plain file: no link, directory, pipe, socket or device.</summary>
    /// <exception cref="IOException">There is nothing of that name, or it cannot be looked at.</exception>
    public static bool IsPlain(string path) => (StatusOf(path).Mode & 0xF000) == 0x8000;

    private static FileStatus StatusOf(string path) =>
        Status(CurrentDirectory, path, DoNotFollowLinks, BasicStatus, out var status) == 0 ? status : throw Failure("looked at", path);

    private static IOException Failure(string done, string path) => new($"{path} cannot be {done}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronize(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    // statx and not stat: its structure is the same on every architecture.
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Status(int directory, string path, int flags, uint mask, out FileStatus status);

    /// <summary>The kernel's <c>struct statx</c>, as far as it is of use; 256 bytes in all.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct FileStatus
    {
        [FieldOffset(20)]
        public uint Owner;

        [FieldOffset(28)]
        public ushort Mode;
    }
}
