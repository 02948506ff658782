using Spectre.Console;
using Spectre.Console.Rendering;

namespace Topology.Cli;

/// <summary>Lays columns out in a width: they move together, those of least importance leave, and at last the first is shortened.</summary>
internal sealed class Grid<TRow>
{
    private const int NarrowestText = 6;
    private readonly List<(Column<TRow> Column, int Width)> _columns;
    private readonly IReadOnlyList<TRow> _rows;
    private readonly int _gap = 2;

    public Grid(IEnumerable<Column<TRow>> columns, IReadOnlyList<TRow> rows, int width)
    {
        _rows = rows;
        _columns = [.. columns.Select(c => (c, Math.Max(c.Header.Split('\n').Max(h => h.Length), rows.Select(r => c.Cell(r).Length).DefaultIfEmpty().Max())))];
        if (TotalWidth > width) _gap = 1;
        FitsWhole = TotalWidth <= width;
        while (TotalWidth > width && _columns.Max(c => c.Column.Rank) is var least and > 0) _columns.RemoveAt(_columns.FindLastIndex(c => c.Column.Rank == least));
        var (first, firstWidth) = _columns[0];
        if (TotalWidth > width) _columns[0] = (first, Math.Min(firstWidth, Math.Max(NarrowestText, firstWidth - (TotalWidth - width))));
    }

    /// <summary>Whether nothing had to be left out.</summary>
    public bool FitsWhole { get; }

    /// <summary>The headers that are left.</summary>
    public IEnumerable<string> Headers => _columns.Select(c => c.Column.Header);

    private int TotalWidth => _columns.Sum(c => c.Width) + (_gap * (_columns.Count - 1));

    public IRenderable Render()
    {
        var table = new Table().NoBorder();
        foreach (var ((column, width), index) in _columns.Select((c, i) => (c, i)))
        {
            table.AddColumn(new TableColumn(new Text(column.Header, new Style(decoration: Decoration.Bold)))
            {
                Width = width,
                NoWrap = true,
                Padding = new Padding(0, 0, index + 1 < _columns.Count ? _gap : 0, 0),
                Alignment = column.IsText ? Justify.Left : Justify.Right,
            });
        }

        foreach (var row in _rows) table.AddRow(_columns.Select(c => new Text(Fit(c.Column.Cell(row), c.Width))));
        return table;
    }

    private static string Fit(string text, int width) => text.Length <= width ? text : text[..(width - 1)] + "…";
}
