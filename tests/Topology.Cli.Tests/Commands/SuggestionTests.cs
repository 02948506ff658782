using FsCheck;
using FsCheck.Fluent;

namespace Topology.Cli.Tests;

public sealed class SuggestionTests
{
    [TestCase("rnu", "run")]
    [TestCase("RUN", "run")]
    [TestCase("valdate", "validate")]
    [TestCase("vali", "validate")]
    [TestCase("jump", null)]
    [TestCase("", null)]
    public void The_nearest_candidate_is_meant_unless_all_are_far(string name, string? meant) =>
        Assert.That(Suggestion.Nearest(name, ["run", "validate", "version"]), Is.EqualTo(meant));

    [TestCase("abcd", "abdc", 1)]
    [TestCase("abcd", "abd", 1)]
    [TestCase("abcd", "abxcd", 1)]
    [TestCase("abcd", "axcd", 1)]
    [TestCase("kitten", "sitting", 3)]
    [TestCase("", "abc", 3)]
    public void A_distance_counts_edits(string one, string other, int edits) => Assert.That(Suggestion.Distance(one, other), Is.EqualTo(edits));

    [Test]
    public void A_distance_is_symmetric_and_zero_only_between_equals() => Prop.ForAll<NonNull<string>, NonNull<string>>((one, other) =>
    {
        var there = Suggestion.Distance(one.Get, other.Get);
        return there == Suggestion.Distance(other.Get, one.Get)
            && there == 0 == (one.Get == other.Get)
            && there <= Math.Max(one.Get.Length, other.Get.Length)
            && there >= Math.Abs(one.Get.Length - other.Get.Length);
    }).QuickCheckThrowOnFailure();
}
