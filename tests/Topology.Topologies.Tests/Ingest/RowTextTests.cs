using Ingest;

namespace Topology.Topologies.Tests;

public sealed class RowTextTests
{
    [TestCase("a/b", "line", "a/b:12\tline")]
    [TestCase("a", "", "a:12\t")]
    [TestCase("a", "tab\there\r", "a:12\ttab\there\r")]
    [TestCase("a b:c", "x", "a b:c:12\tx")]
    [TestCase("a\tb\nc\\d", "x", "a\\tb\\nc\\\\d:12\tx")]
    public void A_row_is_path_number_and_line_with_the_path_escaped(string file, string line, string row) =>
        Assert.That(RowText.Of(file, 12, line), Is.EqualTo(row));
}
