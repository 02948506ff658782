namespace Topology.Cli;

/// <summary>Whether the data directory is this user's alone, and has room.</summary>
internal static class DataDirectoryCheck
{
    private const string Name = "data directory";
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    // An upload may have 256 MiB, and unpacked a few times that.
    private const long LittleRoom = 1L << 30;

    // A full store ends the daemon; its log of changes alone may take some MiB.
    private const long NoRoom = 64L << 20;

    public static IEnumerable<Finding> Look(string path)
    {
        yield return Directory.Exists(path) ? Rights(path) : new Finding(Name, FindingKind.Ok, $"{path} is not there yet; the first daemon makes it");
        yield return Room(path, new DriveInfo(Existing(path)).AvailableFreeSpace);
    }

    /// <summary>What so many free bytes mean.</summary>
    internal static Finding Room(string path, long free) => free switch
    {
        < NoRoom => new Finding("disk", FindingKind.Problem, $"{Figures.Bytes(free)} are free for {path}", "make room, or use another directory: topology up --data DIR"),
        < LittleRoom => new Finding("disk", FindingKind.Note, $"{Figures.Bytes(free)} are free for {path}, which uploads and logs may fill"),
        _ => new Finding("disk", FindingKind.Ok, $"{Figures.Bytes(free)} are free for {path}"),
    };

    private static Finding Rights(string path)
    {
        if (OperatingSystem.IsWindows()) return new Finding(Name, FindingKind.Ok, path);
        var others = File.GetUnixFileMode(path) & ~OwnersOnly;
        return others == 0
            ? new Finding(Name, FindingKind.Ok, $"{path}, of this user alone")
            : new Finding(Name, FindingKind.Problem, $"others may use {path}, which holds secrets", $"chmod 700 {path}");
    }

    private static string Existing(string path) => Directory.Exists(path) || Path.GetDirectoryName(path) is not { } parent ? path : Existing(parent);
}
