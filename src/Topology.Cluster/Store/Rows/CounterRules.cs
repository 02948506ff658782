using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>How counters are put together without falling.</summary>
internal static class CounterRules
{
    /// <exception cref="ArgumentException">There are too many, one is negative, or a name cannot be kept.</exception>
    public static void Check(ImmutableSortedDictionary<string, long> counters)
    {
        ArgumentNullException.ThrowIfNull(counters);
        if (counters.Count > StoreLimits.CountersPerWorker) throw new ArgumentException($"A worker has at most {StoreLimits.CountersPerWorker} counters.", nameof(counters));
        foreach (var (name, count) in counters)
        {
            StoreText.RequireId(name, "counter's name");
            ArgumentOutOfRangeException.ThrowIfNegative(count);
        }
    }

    /// <summary>The higher of two readings of the same counters, name by name.</summary>
    public static ImmutableSortedDictionary<string, long> Highest(ImmutableSortedDictionary<string, long>? before, ImmutableSortedDictionary<string, long> now) =>
        Merged(before, now, Math.Max);

    /// <summary>The sum of two sets of counters, name by name; stays at the highest number rather than go round.</summary>
    public static ImmutableSortedDictionary<string, long> Sum(ImmutableSortedDictionary<string, long>? one, ImmutableSortedDictionary<string, long> other) =>
        Merged(one, other, (a, b) => a > long.MaxValue - b ? long.MaxValue : a + b);

    private static ImmutableSortedDictionary<string, long> Merged(ImmutableSortedDictionary<string, long>? one, ImmutableSortedDictionary<string, long> other, Func<long, long, long> merge)
    {
        var merged = (one ?? ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal)).ToBuilder();
        foreach (var (name, count) in other) merged[name] = merged.TryGetValue(name, out var present) ? merge(present, count) : count;
        return merged.ToImmutable();
    }
}
