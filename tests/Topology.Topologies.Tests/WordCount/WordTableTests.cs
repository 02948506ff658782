using NUnit.Framework.Constraints;
using WordCount;

namespace Topology.Topologies.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class WordTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public void Rows_are_ordered_by_count_from_the_largest_and_then_by_word()
    {
        List<WordTable.Row> rows = [new("b", 2), new("z", 9), new("a", 2), new("ab", 2), new("c", 10)];
        rows.Sort();
        Assert.That(rows.Select(r => r.Word), Is.EqualTo(new[] { "c", "z", "a", "ab", "b" }));
    }

    [Test]
    public void A_table_has_a_line_per_row()
    {
        var path = _folder.PathOf("counts.tsv");
        WordTable.Write(path, [new("the", 1_234_567), new("a", 1)]);
        Assert.That(File.ReadAllText(path), Is.EqualTo("the\t1234567\na\t1\n"));
    }

    [Test]
    public void A_table_takes_the_place_of_the_one_before_and_leaves_nothing_else()
    {
        var path = _folder.Write("counts.tsv", "old");
        WordTable.Write(path, [new("new", 1)]);
        Assert.That(File.ReadAllText(path), Is.EqualTo("new\t1\n"));
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_table_that_cannot_be_made_leaves_the_one_before()
    {
        var path = _folder.Write("counts.tsv", "old");
        Assert.That(() => WordTable.Write(path, Broken()), Throws.InvalidOperationException);
        Assert.That(File.ReadAllText(path), Is.EqualTo("old"));
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_path_that_can_hold_no_file_is_refused_with_the_name_of_its_setting()
    {
        Assert.That(() => WordTable.CheckedPath("output", ""), Refused());
        Assert.That(() => WordTable.CheckedPath("output", _folder.Path), Refused());
        Assert.That(() => WordTable.CheckedPath("output", _folder.PathOf("none/counts.tsv")), Refused());
        Assert.That(WordTable.CheckedPath("output", "counts.tsv"), Is.EqualTo(Path.GetFullPath("counts.tsv")));
    }

    private static ContainsConstraint Refused() => Throws.TypeOf<SettingException>().With.Message.Contains("'output'");

    private static IEnumerable<WordTable.Row> Broken()
    {
        yield return new("a", 1);
        throw new InvalidOperationException("no more rows");
    }
}
