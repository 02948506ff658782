using FsCheck;
using FsCheck.Fluent;

namespace Topology.Engine.Tests;

public sealed class LatencyHistogramTests
{
    private static readonly Gen<long> Latencies =
        Gen.Choose(0, 62).SelectMany(bits => Gen.Choose(0, int.MaxValue).Select(r => (long)((1UL << bits) + ((ulong)r % (1UL << bits)))));

    [Test]
    public void A_percentile_is_no_less_than_the_latency_it_stands_for_and_at_most_3_2_percent_more() =>
        Prop.ForAll(Latencies.NonEmptyListOf().ToArbitrary(), latencies =>
        {
            // Sums of the longest would overflow.
            var kept = latencies.Select(l => l >> 8).Order().ToArray();
            var summary = SummaryOf(kept.Select(l => (l, 1)));
            return summary.Count == kept.Length
                && IsNear(summary.P50Microseconds, kept, 0.5)
                && IsNear(summary.P99Microseconds, kept, 0.99)
                && Math.Abs(summary.MaxMicroseconds - (kept[^1] / 1e3)) <= kept[^1] * 1e-12
                && Math.Abs(summary.MeanMicroseconds - (kept.Average() / 1e3)) <= kept.Average() * 1e-9;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Test]
    public void The_longest_latency_there_is_has_a_bucket()
    {
        var summary = SummaryOf([(long.MaxValue, 1)]);
        Assert.That(summary.P50Microseconds, Is.EqualTo(long.MaxValue / 1e3));
    }

    [Test]
    public void Buckets_follow_one_another_without_a_gap()
    {
        var last = -1L;
        for (var bucket = 0; bucket < 59 << 5; bucket++)
        {
            Assert.That(LatencyHistogram.UpperBound(bucket), Is.GreaterThan(last));
            last = LatencyHistogram.UpperBound(bucket);
        }

        Assert.That(last, Is.EqualTo(long.MaxValue));
    }

    [Test]
    public void A_latency_that_stands_for_many_counts_as_many()
    {
        var summary = SummaryOf([(10, 98), (1_000, 2)]);
        Assert.That(summary.Count, Is.EqualTo(100));
        Assert.That(summary.P50Microseconds, Is.EqualTo(0.010));
        Assert.That(summary.P99Microseconds, Is.EqualTo(1.0).Within(0.032));
        Assert.That(summary.MeanMicroseconds, Is.EqualTo(((98 * 10) + (2 * 1_000)) / 100.0 / 1e3).Within(1e-9));
    }

    [Test]
    public void A_clock_that_went_back_counts_as_no_time() => Assert.That(SummaryOf([(-5, 1)]).MaxMicroseconds, Is.Zero);

    [Test]
    public void Nothing_measured_is_all_zero() => Assert.That(SummaryOf([]), Is.EqualTo(default(LatencySummary)));

    [Test]
    public void The_latencies_of_several_tasks_add_up()
    {
        var total = new LatencyTotal();
        foreach (var latency in new[] { 5, 7 })
        {
            var histogram = new LatencyHistogram();
            histogram.Record(latency);
            histogram.AddTo(total);
        }

        Assert.That(total.Summarise(), Is.EqualTo(new LatencySummary(2, 0.006, 0.005, 0.007, 0.007)));
    }

    private static LatencySummary SummaryOf(IEnumerable<(long Latency, int Weight)> latencies)
    {
        var histogram = new LatencyHistogram();
        foreach (var (latency, weight) in latencies) histogram.Record(latency, weight);
        var total = new LatencyTotal();
        histogram.AddTo(total);
        return total.Summarise();
    }

    private static bool IsNear(double microseconds, long[] ordered, double share)
    {
        var exact = ordered[(int)Math.Ceiling(ordered.Length * share) - 1] / 1e3;
        return microseconds >= exact * (1 - 1e-12) && microseconds <= exact * 1.032;
    }
}
