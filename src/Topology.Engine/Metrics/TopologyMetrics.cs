using System.Collections.Immutable;

namespace Topology.Engine;

/// <summary>A reading of a running topology's counters. Each counter is exact; together they are of nearly one moment.</summary>
/// <param name="Uptime">Time since the start.</param>
/// <param name="Components">The user's components, in the plan's order.</param>
/// <param name="LateAckMessages">Acker messages that came for trees already closed, counted and dropped.</param>
public sealed record TopologyMetrics(TimeSpan Uptime, ImmutableArray<ComponentMetrics> Components, long LateAckMessages)
{
    /// <summary>The component of an id.</summary>
    public ComponentMetrics this[string component] => Components.First(c => c.Id == component);

    /// <summary>What was lost, over all components.</summary>
    public long Lost => Components.Sum(c => c.Lost);
}
