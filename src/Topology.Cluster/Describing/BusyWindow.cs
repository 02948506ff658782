using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>Two earlier readings of a worker's counters, so that what it did lately can be told: over the last 10 to 20 seconds, or since it began.</summary>
/// <param name="From">The reading that the present one is compared with.</param>
/// <param name="Next">The reading that takes its place.</param>
/// <param name="NextAt">When that was taken.</param>
internal sealed record BusyWindow(ImmutableSortedDictionary<string, long> From, ImmutableSortedDictionary<string, long> Next, DateTimeOffset NextAt)
{
    public static readonly BusyWindow Empty = new(Counts.None, Counts.None, default);

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    /// <summary>Takes a reading.</summary>
    public BusyWindow Add(ImmutableSortedDictionary<string, long> counters, DateTimeOffset now) =>
        now - NextAt < Length ? this : new BusyWindow(Next, counters, now);

    /// <summary>How much a counter has grown within the window.</summary>
    public long Growth(ImmutableSortedDictionary<string, long> counters, string name) => counters.GetValueOrDefault(name) - From.GetValueOrDefault(name);
}
