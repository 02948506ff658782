using System.Runtime.InteropServices;

namespace Topology.Engine;

/// <summary>Whether a thread runs or waits, from Linux's <c>/proc</c>.</summary>
internal static partial class NativeThread
{
    private static readonly bool IsKnown = OperatingSystem.IsLinux();

    /// <summary>The kernel's number of the calling thread; 0 where it is not known.</summary>
    public static int CurrentId
    {
        get
        {
            try
            {
                return IsKnown ? GetThreadId() : 0;
            }
            catch (EntryPointNotFoundException)
            {
                return 0;
            }
        }
    }

    /// <summary>True when a thread waits for something, false when it runs or could run, null when nobody knows.</summary>
    public static bool? IsWaiting(int id)
    {
        if (id == 0) return null;
        try
        {
            // "tid (name) S …": the name may hold spaces and brackets, so the state is looked for behind the last one.
            var stat = File.ReadAllText($"/proc/self/task/{id}/stat");
            var state = stat[stat.LastIndexOf(')') + 2];
            return state != 'R';
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "gettid")]
    private static partial int GetThreadId();
}
