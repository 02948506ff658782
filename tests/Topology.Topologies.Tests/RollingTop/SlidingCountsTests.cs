using RollingTop;

namespace Topology.Topologies.Tests;

public sealed class SlidingCountsTests
{
    [Test]
    public void A_word_counts_until_its_slot_has_left_the_window()
    {
        var counts = new SlidingCounts(3);
        counts.Add("a");
        counts.Add("a");
        counts.Slide();
        counts.Add("a");
        Assert.That(counts.Counts, Is.EqualTo(new[] { ("a", 3L) }));
        counts.Slide();
        Assert.That(counts.Counts, Is.EqualTo(new[] { ("a", 3L) }));
        counts.Slide();
        Assert.That(counts.Counts, Is.EqualTo(new[] { ("a", 1L) }));
        counts.Slide();
        Assert.That(counts.Counts, Is.EqualTo(new[] { ("a", 0L) }));
    }

    [Test]
    public void A_word_that_has_left_is_told_once_with_zero()
    {
        var counts = new SlidingCounts(1);
        counts.Add("a");
        counts.Slide();
        counts.Add("b");
        Assert.That(counts.Counts, Is.EquivalentTo(new[] { ("a", 0L), ("b", 1L) }));
        counts.Slide();
        Assert.That(counts.Counts, Is.EqualTo(new[] { ("b", 0L) }));
    }

    [Test]
    public void A_word_that_comes_back_counts_afresh()
    {
        var counts = new SlidingCounts(1);
        counts.Add("a");
        counts.Slide();
        counts.Add("a");
        Assert.That(counts.Counts, Is.EqualTo(new[] { ("a", 1L) }));
    }

    [Test]
    public void It_agrees_with_a_count_over_the_last_slots()
    {
        const int Slots = 4;
        var random = new Random(7);
        var counts = new SlidingCounts(Slots);
        var history = new List<List<string>> { new() };
        for (var step = 0; step < 2_000; step++)
        {
            if (random.Next(5) == 0)
            {
                counts.Slide();
                history.Add([]);
            }
            else
            {
                var word = $"{random.Next(6)}";
                counts.Add(word);
                history[^1].Add(word);
            }

            var expected = history.TakeLast(Slots).SelectMany(w => w).GroupBy(w => w).Select(g => (g.Key, g.LongCount()));
            Assert.That(counts.Counts.Where(c => c.Count > 0), Is.EquivalentTo(expected));
        }
    }

    [Test]
    public void A_known_word_allocates_nothing()
    {
        var counts = new SlidingCounts(3);
        counts.Add("word");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) counts.Add("word");
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
