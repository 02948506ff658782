using Topology;

namespace Ingest;

/// <summary>Looks at the setting <c>output</c>.</summary>
internal static class OutputFolder
{
    /// <summary>The folder's path made absolute.</summary>
    /// <exception cref="SettingException">There is a file at the path, or the folder is below that of the input, where the rows would be read as well.</exception>
    public static string Checked(string folder, string input)
    {
        if (folder.Length == 0) throw new SettingException("Setting 'output' is empty: give the path of a folder.");
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(full)) throw new SettingException($"Setting 'output' names a file, not a folder: {full}");
        return IsBelow(full, input)
            ? throw new SettingException($"Setting 'output' names a folder within that of 'input', so that its rows would be read too: {full}")
            : full;
    }

    private static bool IsBelow(string folder, string input) =>
        Path.GetRelativePath(input, folder) is var relative && relative != ".." && !relative.StartsWith("../", StringComparison.Ordinal) && !Path.IsPathRooted(relative);
}
