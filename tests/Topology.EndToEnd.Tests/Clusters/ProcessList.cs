using System.Globalization;
using Topology.Cluster;

namespace Topology.EndToEnd.Tests;

/// <summary>The processes of this machine by their command lines, read by other code than the one under test.</summary>
internal static class ProcessList
{
    /// <summary>The living processes whose command lines have a text in them, which has to be a test's own: a folder's path.</summary>
    public static IReadOnlyList<(ProcessIdentity Process, string CommandLine)> Naming(string text)
    {
        List<(ProcessIdentity, string)> found = [];
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) continue;
            // Taken first, so that what is read is of this process or of none.
            if (ProcessIdentity.Of(id) is { } process && CommandLine(folder) is var line && line.Contains(text, StringComparison.Ordinal) && process.Life == ProcessLife.Alive) found.Add((process, line));
        }

        return found;
    }

    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")).Replace('\0', ' ');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
