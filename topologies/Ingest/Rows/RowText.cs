using System.Globalization;

namespace Ingest;

/// <summary>A row: <c>path:number&lt;TAB&gt;line</c>. A row is one line, so what would end its parts is escaped in the path: line feed as \n, tab as \t, backslash as \\.</summary>
internal static class RowText
{
    public static string Of(string file, long number, ReadOnlySpan<char> line) =>
        string.Create(CultureInfo.InvariantCulture, $"{Escape(file)}:{number}\t{line}");

    private static string Escape(string path) =>
        path.AsSpan().ContainsAny('\n', '\t', '\\')
            ? path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)
            : path;
}
