using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>What runs where, for one generation of a topology. Immutable.</summary>
/// <param name="PlanHash">The hash of the plan that it is for.</param>
/// <param name="Generation">The fencing number under which the workers talk to each other.</param>
/// <param name="Workers">The workers, by number.</param>
public sealed record Assignment(ulong PlanHash, long Generation, ImmutableArray<WorkerAssignment> Workers);
