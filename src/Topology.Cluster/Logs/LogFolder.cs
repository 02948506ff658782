using System.Globalization;

namespace Topology.Cluster;

/// <summary>
/// A folder of logs. A log is a sequence of files, <c>name.000001.log</c> and so on: the one of the highest number is written. Files are never renamed, so whoever reads one loses nothing when the next begins.
/// </summary>
public sealed class LogFolder
{
    private const string Extension = ".log";
    private const int Digits = 6;
    private const int LongestName = 150;

    /// <param name="path">The folder; it need not be there yet.</param>
    public LogFolder(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FullPath = Path.GetFullPath(path);
    }

    /// <summary>Its absolute path.</summary>
    public string FullPath { get; }

    /// <summary>The logs in it, in ascending ordinal order of their names. Links, folders and what is not named as a log are passed over.</summary>
    public IReadOnlyList<string> Names() =>
        !Directory.Exists(FullPath)
            ? []
            : [.. Directory.EnumerateFiles(FullPath).Select(file => NameOf(Path.GetFileName(file))).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The file that a log is being written to, or is to begin with: what <see cref="ProcessStart.LogFile"/> takes. The folder is made, with the rights 0700.</summary>
    /// <param name="name">The log's name.</param>
    /// <exception cref="ArgumentException">The name is none of a log: letters (a-z), digits, '-', '_', '.' and '+', at most 150, not beginning with '.' or '-'.</exception>
    public string CurrentFile(string name)
    {
        RequireName(name);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(FullPath);
        else Directory.CreateDirectory(FullPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var numbers = Numbers(name);
        return PathOf(name, numbers.Count == 0 ? 1 : numbers[^1]);
    }

    /// <summary>The path of a log's file by its number.</summary>
    internal string PathOf(string name, int number) => Path.Combine(FullPath, string.Create(CultureInfo.InvariantCulture, $"{name}.{number:D6}{Extension}"));

    /// <summary>The numbers of a log's files, ascending.</summary>
    internal List<int> Numbers(string name)
    {
        RequireName(name);
        if (!Directory.Exists(FullPath)) return [];
        var files = Directory.EnumerateFiles(FullPath).Select(file => Path.GetFileName(file)).Where(file => NameOf(file) == name);
        return [.. files.Select(file => NumberOf(file) ?? 0).Order()];
    }

    // A name that passes has no part of a path in it, so it can only name a direct child.
    private static void RequireName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!IsName(name)) throw new ArgumentException("That is no name of a log.", nameof(name));
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= LongestName && name[0] is not ('.' or '-') && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '+');

    /// <summary>The log that a file is of, by its name; null if it is of none.</summary>
    internal static string? NameOf(string file)
    {
        if (NumberOf(file) is null) return null;
        var name = file[..^(Extension.Length + Digits + 1)];
        return IsName(name) ? name : null;
    }

    private static int? NumberOf(string file)
    {
        var point = file.Length - Extension.Length - Digits - 1;
        if (point < 1 || !file.EndsWith(Extension, StringComparison.Ordinal) || file[point] != '.') return null;
        return int.TryParse(file.AsSpan(point + 1, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
    }
}
