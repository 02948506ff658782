using FsCheck;
using FsCheck.Fluent;

namespace Topology.Tests;

public sealed class SpellingTests
{
    [TestCase("split", "split", 0)]
    [TestCase("splt", "split", 1)]
    [TestCase("spilt", "split", 1)]
    [TestCase("splits", "split", 1)]
    [TestCase("kitten", "sitting", 3)]
    [TestCase("", "abc", 3)]
    public void The_distance_counts_edits(string left, string right, int expected) => Assert.That(Spelling.Distance(left, right), Is.EqualTo(expected));

    [Test]
    public void The_distance_is_the_same_both_ways_and_zero_only_for_equals() =>
        Prop.ForAll<NonNull<string>, NonNull<string>>((left, right) =>
            Spelling.Distance(left.Get, right.Get) == Spelling.Distance(right.Get, left.Get)
            && (Spelling.Distance(left.Get, right.Get) == 0) == (left.Get == right.Get)).QuickCheckThrowOnFailure();

    [Test]
    public void The_closest_name_is_found_whatever_its_case() => Assert.That(Spelling.Closest("SPILT", ["count", "split", "lines"]), Is.EqualTo("split"));

    [Test]
    public void Of_equally_close_names_the_first_by_ordinal_is_taken() => Assert.That(Spelling.Closest("line", ["lines", "fine"]), Is.EqualTo("fine"));

    [TestCase("words", "count")]
    [TestCase("a", "b")]
    [TestCase("ab", "xy")]
    public void A_name_that_is_far_off_is_not_suggested(string given, string known) => Assert.That(Spelling.Closest(given, [known]), Is.Null);

    [Test]
    public void Without_a_close_name_the_hint_lists_those_there_are_up_to_a_dozen()
    {
        var many = Enumerable.Range(10, 15).Select(i => $"name{i}");

        Assert.Multiple(() =>
        {
            Assert.That(Spelling.Hint("zzzz", ["b", "a"], "the names are"), Is.EqualTo("the names are a, b."));
            Assert.That(Spelling.Hint("zzzz", [], "the names are"), Is.EqualTo("the names are none."));
            Assert.That(Spelling.Hint("zzzz", many, "the names are"), Does.EndWith("name21 and 3 more."));
        });
    }
}
