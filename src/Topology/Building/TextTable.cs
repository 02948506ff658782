using System.Text;

namespace Topology;

/// <summary>Rows of text in columns that are as wide as their widest cell.</summary>
internal sealed class TextTable
{
    private readonly List<string[]> _rows = [];

    public TextTable Add(params string[] cells)
    {
        _rows.Add(cells);
        return this;
    }

    public void WriteTo(StringBuilder text)
    {
        foreach (var row in _rows)
        {
            var line = new StringBuilder("  ");
            for (var i = 0; i < row.Length; i++) line.Append(row[i].PadRight(WidthOf(i) + 2));
            text.AppendLine(line.ToString().TrimEnd());
        }
    }

    private int WidthOf(int column) => _rows.Max(r => column < r.Length ? r[column].Length : 0);
}
