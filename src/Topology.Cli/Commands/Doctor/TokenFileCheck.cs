namespace Topology.Cli;

/// <summary>Whether the token's file is there, and its owner's alone.</summary>
internal static class TokenFileCheck
{
    private const string Name = "token";
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static Finding Look(string path)
    {
        if (!File.Exists(path)) return new Finding(Name, FindingKind.Note, $"{path} is not there; a daemon makes that of its data directory");
        if (OperatingSystem.IsWindows()) return new Finding(Name, FindingKind.Ok, path);
        return (File.GetUnixFileMode(path) & ~OwnersOnly) == 0
            ? new Finding(Name, FindingKind.Ok, $"{path}, of its owner alone")
            : new Finding(Name, FindingKind.Problem, $"others may read {path}", $"chmod 600 {path}, and start the daemon with a new token if others were on this machine");
    }
}
