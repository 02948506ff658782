using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>An acker as it is dealt to a worker, beside the spouts that it serves.</summary>
/// <param name="Number">Its number among all executors of the topology; ackers follow those of components.</param>
/// <param name="SpoutTasks">The tasks of reliable spouts whose trees it tracks, ascending: all of the same worker.</param>
public sealed record AssignedAcker(int Number, ImmutableArray<int> SpoutTasks);
