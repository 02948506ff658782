using System.Diagnostics;
using System.Numerics;

namespace Topology.Bench;

/// <summary>
/// Latencies in buckets of at most 1.6 % width, so that recording allocates nothing and costs a few instructions. One thread records at a time; read it when the run
/// has ended.
/// </summary>
internal sealed class LatencyHistogram
{
    // 64 buckets per power of two: 1/64 = 1.6 %.
    private const int SubBucketBits = 6;
    private const int SubBuckets = 1 << SubBucketBits;

    private static readonly double NanosecondsPerTick = 1e9 / Stopwatch.Frequency;

    private readonly long[] _buckets = new long[(64 - SubBucketBits) * SubBuckets];

    /// <summary>How many latencies were recorded.</summary>
    public long Count { get; private set; }

    /// <summary>Records one.</summary>
    /// <param name="ticks">In ticks of <see cref="Stopwatch"/>; a negative one counts as 0.</param>
    public void Record(long ticks)
    {
        _buckets[BucketOf((ulong)(Math.Max(ticks, 0) * NanosecondsPerTick))]++;
        Count++;
    }

    /// <summary>The latency that a share of all were at most, in microseconds.</summary>
    /// <param name="share">From 0 to 1.</param>
    public double Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(share * Count);
        var seen = 0L;
        for (var bucket = 0; bucket < _buckets.Length; bucket++)
        {
            seen += _buckets[bucket];
            if (seen >= wanted) return UpperBoundOf(bucket) / 1e3;
        }

        return 0;
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
