using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>Counters of a topology that never fall. Immutable.</summary>
/// <param name="Topology">The topology's id.</param>
/// <param name="Worker">The worker that reported them last; null for the sum over all incarnations that are gone.</param>
/// <param name="Incarnation">The worker's incarnation; 0 for the sum.</param>
/// <param name="Counters">Counts by name.</param>
public sealed record CountersRecord(string Topology, int? Worker, long Incarnation, ImmutableSortedDictionary<string, long> Counters);
