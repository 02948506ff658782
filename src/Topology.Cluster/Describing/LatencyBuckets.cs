using System.Collections.Immutable;
using System.Globalization;
using Topology.Engine;

namespace Topology.Cluster;

/// <summary>Percentiles of latencies that are counted by bucket, so that those of several workers add up.</summary>
internal static class LatencyBuckets
{
    /// <param name="counters">The counters.</param>
    /// <param name="latency"><see cref="CounterName.Execute"/> or <see cref="CounterName.Complete"/>.</param>
    /// <param name="component">The component.</param>
    /// <param name="share">From 0 to 1.</param>
    /// <returns>In microseconds: the upper bound of the bucket that holds the percentile; 0 where nothing was counted.</returns>
    public static double Percentile(ImmutableSortedDictionary<string, long> counters, string latency, string component, double share)
    {
        var (prefix, suffix) = (latency + ".", "/" + component);
        var buckets = counters
            .Where(c => c.Key.StartsWith(prefix, StringComparison.Ordinal) && c.Key.EndsWith(suffix, StringComparison.Ordinal))
            .Select(c => (Bucket: int.Parse(c.Key.AsSpan(prefix.Length, c.Key.Length - prefix.Length - suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture), Count: c.Value))
            .OrderBy(b => b.Bucket).ToArray();
        var wanted = Math.Ceiling(buckets.Sum(b => b.Count) * share);
        long seen = 0;
        foreach (var (bucket, count) in buckets)
        {
            seen += count;
            if (seen >= wanted) return LatencyHistogram.UpperBound(bucket) / 1e3;
        }

        return 0;
    }
}
