using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>A topology as the store kept it over a restart of the master.</summary>
/// <param name="Entry">The topology.</param>
/// <param name="Workers">Its workers.</param>
/// <param name="Past">The sum of the counters of incarnations that are gone.</param>
/// <param name="Counters">The last counters of each worker's present incarnation, by the worker's number.</param>
internal sealed record TopologyImage(
    TopologyEntry Entry,
    ImmutableArray<WorkerEntry> Workers,
    ImmutableSortedDictionary<string, long> Past,
    ImmutableSortedDictionary<int, ImmutableSortedDictionary<string, long>> Counters);
