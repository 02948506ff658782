using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Topology.Cluster;

/// <summary>The system's calls about files that .NET has nothing for: appending that holds among several writers, and opening what is a plain file and nothing else.</summary>
internal static unsafe partial class FileCalls
{
    private const int Interrupted = 4;
    private const int OfDescriptor = 0x1000;
    private const uint TypeModeAndLinks = 0x1 | 0x2 | 0x4;
    private const int TypeBits = 0xF000;
    private const int PlainFile = 0x8000;

    /// <summary>Makes a file with the rights 0600 if there is none.</summary>
    /// <exception cref="IOException">It is a link, or cannot be made.</exception>
    public static void Make(string path)
    {
        if (new FileInfo(path).LinkTarget is not null) throw new IOException($"{path} is a link: name the file itself.");
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var made = new FileStream(path, options);
    }

    /// <summary>Opens a file that exists, never following a link in its last place and never waiting for a pipe's other end.</summary>
    /// <exception cref="IOException">It is not there, is a link, or may not be opened.</exception>
    public static SafeFileHandle Open(string path, int access)
    {
        var descriptor = OpenFile(path, access | OpenFlags.CloseOnExec | OpenFlags.NoFollow | OpenFlags.NonBlocking);
        return descriptor >= 0 ? new(descriptor, ownsHandle: true) : throw new IOException($"{path} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>Whether it is a file, and one without a second name elsewhere: through a hard link a log would show any file of its user.</summary>
    public static bool IsPlain(SafeFileHandle file)
    {
        // struct statx (statx(2)): the count of links at 16, the mode at 28.
        if (!OperatingSystem.IsLinux()) return true;
        var result = stackalloc byte[256];
        return Status(file, "", OfDescriptor, TypeModeAndLinks, result) == 0 && *(uint*)(result + 16) == 1 && (*(ushort*)(result + 28) & TypeBits) == PlainFile;
    }

    /// <summary>Appends bytes.</summary>
    /// <returns>How many were written, and what hindered the rest; null for all.</returns>
    public static (int Written, string? Error) Append(SafeFileHandle file, ReadOnlySpan<byte> bytes)
    {
        var written = 0;
        fixed (byte* first = bytes)
        {
            while (written < bytes.Length)
            {
                var result = Write(file, first + written, (nuint)(bytes.Length - written));
                if (result > 0) written += (int)result;
                else if (result == 0 || Marshal.GetLastPInvokeError() != Interrupted) return (written, Marshal.GetLastPInvokeErrorMessage());
            }
        }

        return (written, null);
    }

    /// <summary>Has a descriptor of this process, such as standard output, mean a file.</summary>
    public static void Redirect(SafeFileHandle file, int descriptor)
    {
        var added = false;
        try
        {
            file.DangerousAddRef(ref added);
            _ = Duplicate((int)file.DangerousGetHandle(), descriptor);
        }
        finally
        {
            if (added) file.DangerousRelease();
        }
    }

    // Without a mode, which is of the variable arguments that not every processor passes alike: nothing is made here.
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle file, byte* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Duplicate(int from, int to);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(SafeFileHandle folder, string path, int flags, uint mask, byte* result);
}
