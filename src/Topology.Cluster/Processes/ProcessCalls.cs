using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Topology.Cluster;

/// <summary>The system's calls about processes that exist.</summary>
internal static unsafe partial class ProcessCalls
{
    // The same on every architecture, as for all calls since Linux 5.1.
    private const int SendSignalByPidFd = 424;
    private const int OpenPidFd = 434;
    private const int DoNotWait = 1;

    /// <summary>A descriptor of the process that has an id now, which no later process of that id is mistaken for; null where the system has none (before Linux 5.3, elsewhere, forbidden), or no such process.</summary>
    public static SafeFileHandle? TryOpenPidFd(int id)
    {
        if (!OperatingSystem.IsLinux()) return null;
        var descriptor = (int)SystemCall(OpenPidFd, id, 0, 0, 0);
        return descriptor < 0 ? null : new(descriptor, ownsHandle: true);
    }

    /// <returns>False if it is dead, or belongs to another user.</returns>
    public static bool Send(SafeFileHandle pidFd, int signal)
    {
        var added = false;
        try
        {
            pidFd.DangerousAddRef(ref added);
            return SystemCall(SendSignalByPidFd, pidFd.DangerousGetHandle(), signal, 0, 0) == 0;
        }
        finally
        {
            if (added) pidFd.DangerousRelease();
        }
    }

    /// <summary>To the process that has an id now, or by the negative of an id to a process group.</summary>
    public static bool Send(int id, int signal) => Kill(id, signal) == 0;

    /// <summary>The exit status of a child that has ended, which is then forgotten by the system; null for one that has not, or that is no child or was waited for by others.</summary>
    public static (bool HasEnded, int? Status) Reap(int child)
    {
        int status;
        var result = WaitForChild(child, &status, DoNotWait);
        return result == child ? (true, status) : (result < 0, null);
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint first, nint second, nint third, nint fourth);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int id, int signal);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int WaitForChild(int id, int* status, int options);
}
