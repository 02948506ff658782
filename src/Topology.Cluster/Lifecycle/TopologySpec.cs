using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>A topology as it is submitted to the master. Immutable.</summary>
/// <param name="Id">Names it for ever; never used again.</param>
/// <param name="Name">What people call it. One living topology has a name.</param>
/// <param name="Plan">The outline of its plan.</param>
/// <param name="Workers">How many workers it asks for, at least 1. It gets fewer where there are fewer slots or executors.</param>
/// <param name="Restarts">Its settings of restarts, see <see cref="RestartSettings"/>; others in it are left alone.</param>
public sealed record TopologySpec(string Id, string Name, PlanOutline Plan, int Workers, ImmutableSortedDictionary<string, string> Restarts);
