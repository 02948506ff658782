using System.Text;

namespace Topology.Cluster;

/// <summary>
/// Starts processes that outlive this one: each in a session of its own, so that neither a terminal's Ctrl+C nor its closing reaches it; standard input empty; standard output and error appended to a file;
/// no other descriptor of this process, and no signal's handling, inherited. Linux and macOS. Thread-safe.
/// </summary>
/// <remarks>
/// PDEATHSIG, by which Linux would end a child with its parent, is not used: it means the parent's <em>thread</em>, which with a pool of threads ends at any time, and it would kill the very workers that a restarted
/// daemon takes over. A worker that hears nothing of its supervisor ends itself after a grace instead.
/// </remarks>
public static class ProcessLauncher
{
    /// <summary>Starts a program. Its exit is seen, and its status taken from the system, for as long as this process lives, whether or not anybody keeps what is returned.</summary>
    /// <param name="start">What to start, and how.</param>
    /// <returns>The process, running or ended already.</returns>
    /// <exception cref="ProcessException">It cannot be started: no such program, log folder or working directory; the secret is too large, or shows in what others can read.</exception>
    /// <exception cref="PlatformNotSupportedException">This system has no sessions (Windows).</exception>
    public static WatchedProcess Start(ProcessStart start)
    {
        ArgumentNullException.ThrowIfNull(start);
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS()) throw new PlatformNotSupportedException("Worker processes run on Linux and macOS: here, run the topology in one process with 'topology run'.");
        RequireProgram(start);
        RequireHidden(start);
        MakeLog(start.LogFile);
        var id = PosixSpawn.Start(start);
        // Nobody else waits for it, so the id stays its own until its exit was seen.
        return WatchedProcess.OfChild(ProcessIdentity.Of(id) ?? throw new ProcessException("A process was started that this system does not show: is /proc mounted?"));
    }

    private static void RequireProgram(ProcessStart start)
    {
        if (!Path.IsPathFullyQualified(start.FileName)) throw new ProcessException($"'{start.FileName}' is no absolute path: programs are not searched for.");
        if (!File.Exists(start.FileName)) throw new ProcessException($"There is no program {start.FileName}.");
        if (start.WorkingDirectory is { } directory && !Directory.Exists(directory)) throw new ProcessException($"There is no directory {directory} to start {Path.GetFileName(start.FileName)} in.");
        if (start.Environment.Keys.FirstOrDefault(name => name.Length == 0 || name.Contains('=')) is { } bad) throw new ProcessException($"'{bad}' is no name of an environment variable.");
    }

    private static void RequireHidden(ProcessStart start)
    {
        if (start.Secret.IsEmpty) return;
        if (start.Secret.Length > InheritedSecret.LargestBytes) throw new ProcessException($"A secret of {start.Secret.Length} bytes is too large: {InheritedSecret.LargestBytes} is the most.");
        var shown = start.Arguments.Concat(start.Environment.Values.OfType<string>());
        if (shown.Any(text => Encoding.UTF8.GetBytes(text).AsSpan().IndexOf(start.Secret.Span) >= 0))
            throw new ProcessException("The secret is also in the arguments or the environment, where others can read it: pass it as the secret alone.");
    }

    private static void MakeLog(string path)
    {
        try
        {
            FileCalls.Make(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ProcessException($"The log file {path} cannot be written: {error.Message}", error);
        }
    }
}
