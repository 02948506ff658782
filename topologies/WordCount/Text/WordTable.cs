using System.Globalization;
using Topology;

namespace WordCount;

/// <summary>Words with their counts, as a file.</summary>
internal static class WordTable
{
    /// <summary>A path from a setting, made absolute, after a look at whether a file can be there.</summary>
    /// <exception cref="SettingException">Its folder does not exist, or it is a folder itself.</exception>
    public static string CheckedPath(string setting, string path)
    {
        if (path.Length == 0) throw new SettingException($"Setting '{setting}' is empty: give the path of a file.");
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full)) throw new SettingException($"Setting '{setting}' names a folder, not a file: {full}");
        var folder = Path.GetDirectoryName(full);
        if (!Directory.Exists(folder)) throw new SettingException($"Setting '{setting}' names a file in a folder that does not exist: {folder}");
        return full;
    }

    /// <summary>
    /// Writes a line <c>word&lt;TAB&gt;count</c> for each row, in the order given. The file appears whole or not at all: it is written beside its place and
    /// then renamed.
    /// </summary>
    public static void Write(string path, IEnumerable<Row> rows)
    {
        var temporary = $"{path}.{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}.tmp";
        try
        {
            using (var file = new StreamWriter(temporary) { NewLine = "\n" })
            {
                foreach (var row in rows) file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Word}\t{row.Count}"));
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>A word and its count; ordered by count, the largest first, and then by word, by ordinal.</summary>
    internal readonly record struct Row(string Word, long Count) : IComparable<Row>
    {
        public int CompareTo(Row other)
        {
            var byCount = other.Count.CompareTo(Count);
            return byCount != 0 ? byCount : string.CompareOrdinal(Word, other.Word);
        }
    }
}
