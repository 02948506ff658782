using System.Diagnostics;
using System.Numerics;

namespace Topology.Bench;

/// <summary>
/// Latencies in buckets of at most 1.6 % width, so that recording allocates nothing and costs a few instructions. One thread records at a time; read it when the run
/// has ended.
/// </summary>
/// <param name="buckets">Where the buckets are.</param>
internal sealed class LatencyHistogram(LongBlock buckets)
{
    /// <summary>How many buckets there are.</summary>
    public const int Length = (64 - SubBucketBits) * SubBuckets;

    // 64 buckets per power of two: 1/64 = 1.6 %.
    private const int SubBucketBits = 6;
    private const int SubBuckets = 1 << SubBucketBits;

    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    /// <summary>A histogram in memory of this process.</summary>
    public LatencyHistogram() : this(new LongBlock(Length))
    {
    }

    /// <summary>How many latencies were recorded.</summary>
    public long Count
    {
        get
        {
            var count = 0L;
            for (var bucket = 0; bucket < Length; bucket++) count += buckets[bucket];
            return count;
        }
    }

    /// <summary>Records one.</summary>
    /// <param name="ticks">In ticks of <see cref="Stopwatch"/>; a negative one counts as 0.</param>
    public void Record(long ticks) => buckets[BucketOf((ulong)(Math.Max(ticks, 0) * NanosecondsPerTick))]++;

    /// <summary>Takes all that another one has, which is then empty. Nobody may record in it meanwhile.</summary>
    public void Take(LatencyHistogram other)
    {
        for (var bucket = 0; bucket < Length; bucket++) buckets[bucket] += other.TakeAt(bucket);
    }

    /// <summary>The latency that a share of all were at most, in microseconds.</summary>
    /// <param name="share">From 0 to 1.</param>
    public double Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(share * Count);
        var seen = 0L;
        for (var bucket = 0; bucket < Length; bucket++)
        {
            seen += buckets[bucket];
            if (seen >= wanted) return UpperBoundOf(bucket) / 1e3;
        }

        return 0;
    }

    private long TakeAt(int bucket)
    {
        var count = buckets[bucket];
        buckets[bucket] = 0;
        return count;
    }

    // Below 64 ns a bucket is one nanosecond; above, the six bits after the leading one choose among the 64 buckets of the power of two.
    private static int BucketOf(ulong nanoseconds)
    {
        if (nanoseconds < SubBuckets) return (int)nanoseconds;
        var shift = BitOperations.Log2(nanoseconds) - SubBucketBits;
        return ((shift + 1) << SubBucketBits) + (int)((nanoseconds >> shift) & (SubBuckets - 1));
    }

    private static double UpperBoundOf(int bucket)
    {
        if (bucket < SubBuckets) return bucket;
        var shift = (bucket >> SubBucketBits) - 1;
        return ((ulong)(SubBuckets + (bucket & (SubBuckets - 1)) + 1) << shift) - 1.0;
    }
}
