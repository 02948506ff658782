using System.Globalization;

namespace Topology.Cluster;

/// <summary>Where this process's standard output and error go.</summary>
internal static class StandardStreams
{
    private const int StandardOutput = 1;
    private const int StandardError = 2;

    /// <summary>Whether both go to a file of a log, as <see cref="ProcessLauncher"/> has it. Linux; elsewhere it is not known, and false.</summary>
    public static bool GoTo(LogFolder folder, string name)
    {
        var file = folder.CurrentFile(name);
        if (!OperatingSystem.IsLinux() || !File.Exists(file)) return false;
        using var log = File.OpenHandle(file, share: FileShare.ReadWrite | FileShare.Delete);
        // As the system says it, which knows no links.
        var place = Path.GetDirectoryName(PathOf((int)log.DangerousGetHandle()));
        return IsOfLog(StandardOutput) && IsOfLog(StandardError);

        bool IsOfLog(int descriptor) => PathOf(descriptor) is { } path && Path.GetDirectoryName(path) == place && LogFolder.NameOf(Path.GetFileName(path)) == name;
    }

    private static string? PathOf(int descriptor)
    {
        try
        {
            return new FileInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{descriptor}")).LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
