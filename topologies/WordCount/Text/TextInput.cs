using Topology;

namespace WordCount;

/// <summary>What to read, from the settings <c>input</c> and <c>pattern</c>.</summary>
/// <param name="Path">A file, or a folder that is searched with all below it.</param>
/// <param name="Pattern">Which files of a folder, by name; <c>*</c> and <c>?</c> are wild.</param>
/// <param name="MaxWordBytes">How long a word may be before it is cut; larger ones do not fit into a tuple.</param>
internal sealed record TextInput(string Path, string Pattern, int MaxWordBytes)
{
    /// <summary>Text that every Debian has.</summary>
    private static readonly (string Path, string Pattern) Copyrights = ("/usr/share/doc", "copyright");

    /// <summary>Declares the two settings and reads them.</summary>
    /// <exception cref="SettingException">There is nothing at the path given, or no path is given and there is no default text either.</exception>
    public static TextInput Declare(TopologyBuilder topology)
    {
        topology.Declare("input", null, "the file or folder to read; the copyright files of the system's packages where none is given");
        topology.Declare("pattern", null, "which files of the folder, by name, with * and ?; all where none is given");
        topology.Settings.TryGet("pattern", out var pattern);
        var (path, usual) = topology.Settings.TryGet("input", out var given) ? (Existing(given), "*") : Default();
        // A character of text counts two bytes.
        return new TextInput(path, pattern ?? usual, topology.Options.MaxValueBytes / 2);
    }

    private static string Existing(string path) =>
        System.IO.Path.Exists(path)
            ? System.IO.Path.GetFullPath(path)
            : throw new SettingException($"Setting 'input' names neither a file nor a folder: '{path}' (looked for in {Environment.CurrentDirectory}).");

    private static (string Path, string Pattern) Default()
    {
        if (HasFile(Copyrights.Path, Copyrights.Pattern)) return Copyrights;
        return HasFile(Environment.CurrentDirectory, "*.md")
            ? (Environment.CurrentDirectory, "*.md")
            : throw new SettingException("Setting 'input' is missing, and there is no default text here: give a file or a folder with --set input=path.");
    }

    private static bool HasFile(string folder, string pattern) =>
        Directory.Exists(folder) && Directory.EnumerateFiles(folder, pattern, new EnumerationOptions { RecurseSubdirectories = true }).Any();
}
