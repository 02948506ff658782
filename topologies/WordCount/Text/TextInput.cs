using Topology;

namespace WordCount;

/// <summary>What to read, from the settings <c>input</c> and <c>pattern</c>.</summary>
internal static class TextInput
{
    /// <summary>Text that every Debian has.</summary>
    private static readonly (string Path, string Pattern) Copyrights = ("/usr/share/doc", "copyright");

    /// <summary>Declares the two settings and reads them.</summary>
    /// <exception cref="SettingException">There is nothing at the path given, or no path is given and there is no default text either.</exception>
    public static FilesInput Declare(TopologyBuilder topology) => FilesInput.Declare(topology, Default, "the copyright files of the system's packages");

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
