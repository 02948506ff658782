using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Topology.Cluster;

/// <summary>What a new process does with descriptors and its working directory before its program begins.</summary>
internal sealed unsafe class SpawnActions : IDisposable
{
    // posix_spawn_file_actions_t: 80 bytes in glibc and musl, a pointer on macOS.
    private const int Bytes = 256;

    /// <exception cref="ProcessException">The system refuses.</exception>
    public SpawnActions()
    {
        Actions = NativeMemory.AllocZeroed(Bytes);
        PosixSpawn.Require(SpawnCalls.InitializeActions(Actions), "prepared");
    }

    public void* Actions { get; }

    public void Open(int descriptor, string path, int flags)
    {
        using var text = new NativeTexts([path]);
        PosixSpawn.Require(SpawnCalls.AddOpen(Actions, descriptor, text.List[0], flags, 0), "given its streams");
    }

    public void Duplicate(int from, int to) => PosixSpawn.Require(SpawnCalls.AddDuplicate(Actions, from, to), "given its streams");

    public void ChangeDirectory(string path)
    {
        using var text = new NativeTexts([path]);
        PosixSpawn.Require(SpawnCalls.AddChangeDirectory(Actions, text.List[0]), "given its working directory");
    }

    /// <summary>Closes every descriptor from one on, also those that some library opened without the flag that closes it.</summary>
    public void CloseFrom(int lowest)
    {
        // macOS has a flag for all of them.
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            PosixSpawn.Require(SpawnCalls.AddCloseFrom(Actions, lowest), "kept from this one's files");
        }
        catch (EntryPointNotFoundException)
        {
            CloseWhatIsOpen(lowest);
        }
    }

    public void Dispose()
    {
        _ = SpawnCalls.DestroyActions(Actions);
        NativeMemory.Free(Actions);
    }

    // For a C library without the call: what another thread opens right now without the flag is missed, which .NET itself, SQLite and libzmq do not.
    private void CloseWhatIsOpen(int lowest)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries("/proc/self/fd").ToList())
        {
            var descriptor = int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture);
            if (descriptor >= lowest) _ = SpawnCalls.AddClose(Actions, descriptor);
        }
    }

    /// <summary>What a pipe's end is for the calls here; it has to stay open until the process is started.</summary>
    public static int DescriptorOf(SafePipeHandle pipe) => (int)pipe.DangerousGetHandle();
}
