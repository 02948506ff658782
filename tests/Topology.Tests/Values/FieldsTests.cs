namespace Topology.Tests;

public sealed class FieldsTests
{
    private static readonly Fields WordAndCount = ["word", "count"];

    [Test]
    public void Fields_are_names_in_order()
    {
        Assert.Multiple(() =>
        {
            Assert.That(WordAndCount, Is.EqualTo(new[] { "word", "count" }));
            Assert.That(WordAndCount, Has.Count.EqualTo(2));
            Assert.That(WordAndCount[1], Is.EqualTo("count"));
            Assert.That(WordAndCount.ToString(), Is.EqualTo("[word, count]"));
        });
    }

    [Test]
    public void A_name_is_found_by_ordinal()
    {
        Assert.Multiple(() =>
        {
            Assert.That(WordAndCount.IndexOf("count"), Is.EqualTo(1));
            Assert.That(WordAndCount.IndexOf("Count"), Is.EqualTo(-1));
            Assert.That(WordAndCount.RequiredIndexOf("word"), Is.Zero);
        });
    }

    [Test]
    public void A_name_that_is_not_there_is_refused_with_those_that_are() =>
        Assert.That(() => WordAndCount.RequiredIndexOf("words"), Throws.ArgumentException.With.Message.Contains("'words'").And.Message.Contains("[word, count]"));

    [Test]
    public void Fields_are_equal_by_their_names_in_order()
    {
        Fields same = ["word", "count"], turned = ["count", "word"], fewer = ["word"];
        Assert.Multiple(() =>
        {
            Assert.That(WordAndCount.Equals(same) && WordAndCount.GetHashCode() == same.GetHashCode());
            Assert.That(WordAndCount.Equals(turned), Is.False);
            Assert.That(WordAndCount.Equals(fewer), Is.False);
            Assert.That(WordAndCount.Equals(null), Is.False);
        });
    }

    [Test]
    public void No_fields_are_one_object()
    {
        Fields none = [];
        Assert.That(none, Is.SameAs(Fields.None));
        Assert.That(none, Is.Empty);
    }

    [Test]
    public void The_names_are_copied()
    {
        string[] names = ["word"];
        var fields = Fields.Create(names);
        names[0] = "count";
        Assert.That(fields[0], Is.EqualTo("word"));
    }
}
