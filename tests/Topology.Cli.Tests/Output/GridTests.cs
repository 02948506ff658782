using FsCheck;
using FsCheck.Fluent;

namespace Topology.Cli.Tests;

public sealed class GridTests
{
    private static readonly Column<string[]>[] Columns =
    [
        new("name", r => r[0], IsText: true),
        new("count", r => r[1]),
        new("more", r => r[2], 2),
        new("two\nlines", r => r[3], 1, IsText: true),
    ];

    private static readonly string[][] Rows = [["lines", "1,234", "5", "a"], ["a-long-name", "7", "12.3k", "bc"]];

    [Test]
    public void Columns_are_aligned() => Assert.That(Render(80), Is.EqualTo(
    [
        "name         count   more  two",
        "                           lines",
        "lines        1,234      5  a",
        "a-long-name      7  12.3k  bc",
    ]));

    [TestCase(32, true, "name,count,more,two\nlines")]
    [TestCase(29, true, "name,count,more,two\nlines")]
    [TestCase(28, false, "name,count,two\nlines")]
    [TestCase(22, false, "name,count")]
    [TestCase(10, false, "name,count")]
    public void In_a_narrow_place_columns_move_together_and_the_least_important_leave(int width, bool fitsWhole, string headers)
    {
        var grid = new Grid<string[]>(Columns, Rows, width);

        Assert.That(grid.FitsWhole, Is.EqualTo(fitsWhole));
        Assert.That(string.Join(',', grid.Headers), Is.EqualTo(headers));
    }

    [Test]
    public void At_last_the_first_column_is_shortened() => Assert.That(Render(13), Is.EqualTo(["name    count", "lines   1,234", "a-long…     7"]));

    [Test]
    public void No_line_is_wider_than_the_place() => Prop.ForAll(Gen.Choose(12, 60).ToArbitrary(), width => Render(width).All(l => l.Length <= width)).QuickCheckThrowOnFailure();

    private static string[] Render(int width) =>
        SpectreConsole.Lines(new Grid<string[]>(Columns, Rows, width).Render(), isTerminal: false, new TestConsole { Width = width });
}
