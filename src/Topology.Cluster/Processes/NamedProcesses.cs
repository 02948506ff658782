using System.Globalization;

namespace Topology.Cluster;

/// <summary>Processes by a text in their command lines, for what nobody noted the ids of. Linux; elsewhere none are found.</summary>
internal static class NamedProcesses
{
    /// <summary>Ends them by SIGKILL, and those that they start meanwhile, until none is left.</summary>
    /// <param name="text">The text, which has to be the caller's own: the path of a folder that it has made.</param>
    public static async Task KillAsync(string text)
    {
        while (Find(text) is [_, ..] found)
            foreach (var process in found) await WatchedProcess.Adopt(process).KillAsync().ConfigureAwait(false);
    }

    /// <summary>Those that live, but for this process.</summary>
    public static List<ProcessIdentity> Find(string text) =>
        !OperatingSystem.IsLinux() ? [] : [.. Directory.EnumerateDirectories("/proc").Select(folder => Of(folder, text)).OfType<ProcessIdentity>()];

    private static ProcessIdentity? Of(string folder, string text)
    {
        if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == Environment.ProcessId) return null;
        // Taken first, so that what is read is of this process or of none.
        return ProcessIdentity.Of(id) is { } process && CommandLine(folder).Contains(text, StringComparison.Ordinal) && process.Life == ProcessLife.Alive ? process : null;
    }

    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Gone, or another user's.
            return "";
        }
    }
}
