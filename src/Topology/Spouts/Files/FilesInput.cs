namespace Topology;

/// <summary>Which files a <see cref="FilesSpout"/> reads.</summary>
/// <param name="Path">A file, or a folder that is searched with all below it. Symbolic links in it are not followed.</param>
/// <param name="Pattern">Which files of a folder, by name; <c>*</c> and <c>?</c> are wild, and case counts. A file that is given by its own path is read whatever its name.</param>
/// <param name="MaxPieceBytes">
/// How long a piece may be before it is cut, in bytes; at least 1. 1 MiB by default. In UTF-16 a piece counts at most two bytes per byte of the file against the largest
/// value of the topology (<see cref="TopologyOptions.MaxValueBytes"/>).
/// </param>
public sealed record FilesInput(string Path, string Pattern = "*", int MaxPieceBytes = 1024 * 1024)
{
    /// <summary>Declares the settings <c>input</c> and <c>pattern</c> and reads them.</summary>
    /// <param name="topology">The topology that reads the files.</param>
    /// <param name="usual">What to read where no <c>input</c> is given; null to have one required.</param>
    /// <param name="usualText">What that is, for people.</param>
    /// <exception cref="SettingException">There is nothing at the path given, or no path is given although it is required; or the pattern could match no name.</exception>
    public static FilesInput Declare(TopologyBuilder topology, Func<(string Path, string Pattern)>? usual = null, string? usualText = null)
    {
        ArgumentNullException.ThrowIfNull(topology);
        topology.Declare("input", null, usualText is null ? "the file or folder to read" : $"the file or folder to read; {usualText} where none is given");
        topology.Declare("pattern", null, "which files of the folder, by name, with * and ?; all where none is given");
        if (topology.Settings.TryGet("pattern", out var pattern)) RequireName(pattern);
        var isGiven = topology.Settings.TryGet("input", out var given);
        var (path, usualPattern) = isGiven || usual is null ? (Existing(given ?? topology.Settings["input"]), "*") : usual();
        // Half of the largest value, so that a bolt can put something before the text.
        return new FilesInput(path, pattern ?? usualPattern, Math.Max(1, Math.Min(1024 * 1024, topology.Options.MaxValueBytes / 4)));
    }

    private static void RequireName(string pattern)
    {
        if (!pattern.Contains('/')) return;
        throw new SettingException($"Setting 'pattern' is for names of files, which have no '/': '{pattern}'. All folders below the input are searched: give --set pattern='{pattern[(pattern.LastIndexOf('/') + 1)..]}'.");
    }

    private static string Existing(string path) =>
        System.IO.Path.Exists(path)
            ? System.IO.Path.GetFullPath(path)
            : throw new SettingException($"Setting 'input' names neither a file nor a folder: '{path}' (looked for in {Environment.CurrentDirectory}).");
}
