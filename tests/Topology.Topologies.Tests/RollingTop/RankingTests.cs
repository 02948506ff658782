using RollingTop;

namespace Topology.Topologies.Tests;

public sealed class RankingTests
{
    [Test]
    public void The_top_is_ordered_by_count_and_then_by_word()
    {
        var counts = new LatestCounts();
        foreach (var (word, count) in new[] { ("b", 2L), ("d", 9L), ("a", 2L), ("c", 2L), ("e", 1L) }) counts.Set(word, count);
        Assert.That(counts.Top(3), Is.EqualTo(new[] { ("d", 9L), ("a", 2L), ("b", 2L) }));
        Assert.That(counts.Top(100), Is.EqualTo(new[] { ("d", 9L), ("a", 2L), ("b", 2L), ("c", 2L), ("e", 1L) }));
    }

    [Test]
    public void The_latest_count_of_a_word_counts_and_zero_forgets_it()
    {
        var counts = new LatestCounts();
        counts.Set("a", 5);
        counts.Set("a", 1);
        counts.Set("b", 2);
        Assert.That(counts.Top(2), Is.EqualTo(new[] { ("b", 2L), ("a", 1L) }));
        counts.Set("b", 0);
        Assert.That(counts.Top(2), Is.EqualTo(new[] { ("a", 1L) }));
        Assert.That(counts.Count, Is.EqualTo(1));
    }

    [Test]
    public void The_top_agrees_with_sorting_everything()
    {
        var random = new Random(11);
        var all = Enumerable.Range(0, 500).Select(i => (Word: $"w{i}", Count: (long)random.Next(1, 40))).ToArray();
        var counts = new LatestCounts();
        foreach (var (word, count) in all) counts.Set(word, count);
        var sorted = all.OrderByDescending(e => e.Count).ThenBy(e => e.Word, StringComparer.Ordinal).ToArray();
        foreach (var top in new[] { 1, 2, 10, 499, 500 }) Assert.That(counts.Top(top), Is.EqualTo(sorted.Take(top)));
    }

    [Test]
    public void Rankings_of_several_tasks_merge()
    {
        var merge = new RankingMerge(2);
        Rank(merge, 4, ("a", 5), ("b", 3));
        Rank(merge, 7, ("c", 4), (null, 0));
        Assert.That(merge.Top(), Is.EqualTo(new[] { ("a", 5L), ("c", 4L) }));
    }

    [Test]
    public void A_ranking_takes_the_place_of_the_one_before_once_it_is_complete()
    {
        var merge = new RankingMerge(2);
        Rank(merge, 4, ("a", 5), ("b", 3));
        merge.Add(4, 0, "c", 9);
        Assert.That(merge.Top(), Is.EqualTo(new[] { ("a", 5L), ("b", 3L) }));
        merge.Add(4, 1, null, 0);
        Assert.That(merge.Top(), Is.EqualTo(new[] { ("c", 9L) }));
    }

    private static void Rank(RankingMerge merge, int task, params (string? Word, long Count)[] ranking)
    {
        for (var position = 0; position < ranking.Length; position++) merge.Add(task, position, ranking[position].Word, ranking[position].Count);
    }
}
