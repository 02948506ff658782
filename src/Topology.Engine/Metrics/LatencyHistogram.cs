using System.Numerics;

namespace Topology.Engine;

/// <summary>
/// Counts latencies in buckets whose width is a 32nd of their power of two, so that a percentile is right within 3.2 %. Written by one thread, read by
/// any; the buckets are made at the first record.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 5;
    private const int Buckets = (64 - SubBits) << SubBits;

    private long[]? _counts;
    private long _sum;
    private long _max;

    /// <summary>Adds a latency, as often as it stands for.</summary>
    public void Record(long nanoseconds, int weight = 1)
    {
        var value = Math.Max(0, nanoseconds);
        var counts = _counts ??= new long[Buckets];
        counts[BucketOf(value)] += weight;
        _sum += value * weight;
        if (value > _max) _max = value;
    }

    /// <summary>Adds this histogram's counts to those of a component.</summary>
    public void AddTo(LatencyTotal total)
    {
        if (Volatile.Read(ref _counts) is { } counts) total.Add(counts, Volatile.Read(ref _sum), Volatile.Read(ref _max));
    }

    /// <summary>The upper bound of a bucket in nanoseconds.</summary>
    internal static long UpperBound(int bucket)
    {
        var exponent = bucket >> SubBits;
        if (exponent == 0) return bucket;
        var mantissa = (bucket & ((1 << SubBits) - 1)) + (1L << SubBits);
        return ((mantissa + 1) << (exponent - 1)) - 1;
    }

    private static int BucketOf(long value)
    {
        var exponent = Math.Max(0, 63 - BitOperations.LeadingZeroCount((ulong)value | 1) - SubBits + 1);
        if (exponent == 0) return (int)value;
        return (exponent << SubBits) + (int)((value >> (exponent - 1)) - (1L << SubBits));
    }
}
