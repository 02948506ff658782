using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>Counters by name, and how they are put together without falling.</summary>
internal static class Counts
{
    public static readonly ImmutableSortedDictionary<string, long> None = ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    /// <summary>The higher of two readings of the same counters, name by name: a report that comes late takes nothing back.</summary>
    public static ImmutableSortedDictionary<string, long> Highest(ImmutableSortedDictionary<string, long> one, ImmutableSortedDictionary<string, long> other) => Merged(one, other, Math.Max);

    /// <summary>The sum of two sets of counters, name by name; stays at the highest number rather than go round.</summary>
    public static ImmutableSortedDictionary<string, long> Sum(ImmutableSortedDictionary<string, long> one, ImmutableSortedDictionary<string, long> other) =>
        Merged(one, other, (a, b) => a > long.MaxValue - b ? long.MaxValue : a + b);

    private static ImmutableSortedDictionary<string, long> Merged(ImmutableSortedDictionary<string, long> one, ImmutableSortedDictionary<string, long> other, Func<long, long, long> merge)
    {
        if (one.IsEmpty) return other;
        var merged = one.ToBuilder();
        foreach (var (name, count) in other) merged[name] = merged.TryGetValue(name, out var present) ? merge(present, count) : count;
        return merged.ToImmutable();
    }
}
