using System.Diagnostics;
using System.Globalization;

namespace Topology.Bench;

/// <summary>
/// What a round may leave behind, in one place: its processes, workers included, have this folder for temporary files, and are known by that. At the end whatever is left of both goes, however the round ended.
/// </summary>
internal sealed class RoundFolder : IDisposable
{
    private const string Variable = "TMPDIR";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Where it is. Short, since paths of sockets have to be.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("bench-").FullName;

    /// <summary>Has a process, and all that it starts, belong to the round.</summary>
    public void Claim(ProcessStartInfo info) => info.Environment[Variable] = Path;

    /// <summary>Ends what is left of the round.</summary>
    public void Dispose() => Clear(Path);

    /// <summary>Has another process end what is left of a round of whose processes this one is, once this one has ended.</summary>
    public static void ClearAfterwards(string path)
    {
        var info = OwnProgram.StartInfo("--clear", path);
        info.Environment[Variable] = null;
        OwnProgram.Start(info).Dispose();
    }

    /// <summary>Ends all processes of a round, and takes its folder away.</summary>
    public static void Clear(string path)
    {
        // A process may start another one while it is looked for, and a dead one is seen for a while yet.
        var since = Stopwatch.GetTimestamp();
        while (KillAll(path) && Stopwatch.GetElapsedTime(since) < Patience) Thread.Yield();
        foreach (var folder in Directory.EnumerateDirectories(path, "*", SearchOption.AllDirectories)) File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.Delete(path, recursive: true);
    }

    /// <summary>Kills the processes of a round. False where there are none.</summary>
    private static bool KillAll(string path)
    {
        var found = false;
        foreach (var id in Directory.EnumerateDirectories("/proc").Select(System.IO.Path.GetFileName))
        {
            if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !IsOf(number, path)) continue;
            found = true;
            try
            {
                using var process = Process.GetProcessById(number);
                process.Kill();
            }
            catch (Exception error) when (error is ArgumentException or InvalidOperationException)
            {
                // It has ended meanwhile.
            }
        }

        return found;
    }

    private static bool IsOf(int process, string path)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/environ")).Split('\0').Contains($"{Variable}={path}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Gone, or another user's.
            return false;
        }
    }
}
