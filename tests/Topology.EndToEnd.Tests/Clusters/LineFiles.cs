using System.Globalization;
using System.Text;

namespace Topology.EndToEnd.Tests;

/// <summary>Files of lines as input of <c>Ingest</c>, and the oracle of its output: every line of every file is there at least once, and nothing else is.</summary>
internal static class LineFiles
{
    /// <summary>Writes files of lines that all differ.</summary>
    public static void Write(string folder, int files, int lines)
    {
        Directory.CreateDirectory(folder);
        for (var file = 0; file < files; file++)
        {
            var text = new StringBuilder();
            for (var line = 1; line <= lines; line++) text.Append(CultureInfo.InvariantCulture, $"line {line} of file {file}\n");
            File.WriteAllText(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"f{file}.txt")), text.ToString());
        }
    }

    /// <summary>The rows that have to be there.</summary>
    public static HashSet<string> Expected(int files, int lines) =>
    [
        .. from file in Enumerable.Range(0, files)
           from line in Enumerable.Range(1, lines)
           select string.Create(CultureInfo.InvariantCulture, $"f{file}.txt:{line}\tline {line} of file {file}"),
    ];

    /// <summary>How often each row is there.</summary>
    public static Dictionary<string, int> Read(string folder) =>
        Directory.EnumerateFiles(folder).SelectMany(File.ReadLines).CountBy(row => row).ToDictionary();

    /// <summary>Fails where a line is not there, or a row that was never a line is.</summary>
    public static void RequireAll(string folder, int files, int lines)
    {
        var rows = Read(folder);
        var expected = Expected(files, lines);
        Assert.That(expected.Except(rows.Keys), Is.Empty, "A line is lost.");
        Assert.That(rows.Keys.Except(expected), Is.Empty, "There is a row that was never a line.");
    }

    /// <summary>How many bytes the rows have; also while they are written, when nobody else may open their files.</summary>
    public static long Bytes(string folder) => new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length);
}
