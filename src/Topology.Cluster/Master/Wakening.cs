using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>
/// A master that did not run for a while (stopped, swapped out, a suspended machine) has heard nobody in that time, and what was sent to it is still waiting. It blames nobody for that: what it waits for gets that much more time.
/// Leases are not prolonged, since a supervisor does not wait for its master; where a clock was set forward rather than time has passed, <see cref="SupervisorHandler.Prolong"/> does that.
/// </summary>
internal static class Wakening
{
    public static MasterState Forgive(MasterState state, TimeSpan gap, MasterOptions options)
    {
        if (gap <= 2 * options.LookEvery) return state;
        return state with { Topologies = state.Topologies.ToImmutableSortedDictionary(t => t.Key, t => Forgive(t.Value, gap), StringComparer.Ordinal) };
    }

    private static TopologyStatus Forgive(TopologyStatus topology, TimeSpan gap) => topology with
    {
        Workers = topology.Workers.ToImmutableSortedDictionary(w => w.Key, w => w.Value with
        {
            HeardAt = w.Value.HeardAt + gap,
            Since = w.Value.Since + gap,
            DeployedAt = w.Value.DeployedAt + gap,
        }),
    };
}
