using System.Globalization;
using Topology.Cluster;

namespace Topology.EndToEnd.Tests;

/// <summary>What Linux shows of a process, read by other code than the one under test.</summary>
internal static class ProcFile
{
    /// <summary>What each descriptor of a process means.</summary>
    public static Dictionary<int, string> Descriptors(ProcessIdentity process)
    {
        var folder = $"/proc/{process.Id}/fd";
        var found = new Dictionary<int, string>();
        foreach (var entry in Directory.GetFileSystemEntries(folder))
        {
            // Some come and go while this looks.
            if (new FileInfo(entry).LinkTarget is { } target) found[int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture)] = target;
        }

        return found;
    }

    public static string Read(ProcessIdentity process, string file) => File.ReadAllText($"/proc/{process.Id}/{file}");

    /// <summary>The session that a process belongs to.</summary>
    public static int SessionOf(int process) => Field(process, 6);

    /// <summary>The children of this process, zombies included.</summary>
    public static List<int> Children() =>
        [.. Directory.GetDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0).Where(id => id > 0 && TryField(id, 4) == Environment.ProcessId)];

    private static int Field(int process, int field) => TryField(process, field) ?? throw new InvalidOperationException($"There is no process {process}.");

    private static int? TryField(int process, int field)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(stat[(stat.LastIndexOf(") ", StringComparison.Ordinal) + 2)..].Split(' ')[field - 3], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
