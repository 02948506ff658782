namespace Topology.Engine;

/// <summary>The latencies of several tasks, added up.</summary>
internal sealed class LatencyTotal
{
    private long[] _counts = [];
    private long _sum;
    private long _max;

    public void Add(long[] counts, long sum, long max)
    {
        if (_counts.Length == 0) _counts = new long[counts.Length];
        for (var i = 0; i < counts.Length; i++) _counts[i] += Volatile.Read(ref counts[i]);
        _sum += sum;
        _max = Math.Max(_max, max);
    }

    public LatencySummary Summarise()
    {
        var count = _counts.Sum();
        return count == 0
            ? default
            : new LatencySummary(count, _sum / 1e3 / count, Percentile(count, 0.5), Percentile(count, 0.99), _max / 1e3);
    }

    /// <summary>The buckets that are not empty, with what is in them.</summary>
    public IEnumerable<(int Bucket, long Count)> Buckets() => _counts.Select((count, bucket) => (bucket, count)).Where(b => b.count > 0);

    private double Percentile(long count, double share)
    {
        var wanted = (long)Math.Ceiling(count * share);
        long seen = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= wanted) return Math.Min(LatencyHistogram.UpperBound(i), _max) / 1e3;
        }

        return _max / 1e3;
    }
}
