using System.Collections.Immutable;
using static Topology.Cluster.TopologyState;

namespace Topology.Cluster;

/// <summary>The life of a topology: every step that there is, and no other is ever made.</summary>
public static class LifecycleTable
{
    /// <summary>The steps, by the state that they lead from.</summary>
    public static ImmutableArray<Transition> All { get; } =
    [
        new(Submitted, Starting, "there are slots, and the first assignments are written"),
        new(Submitted, Inactive, "it was submitted inactive, deactivated or drained before it started"),
        new(Submitted, Killed, "kill"),

        new(Starting, Active, "every worker is ready"),
        new(Starting, Inactive, "every worker is ready, and it was deactivated meanwhile; or it was drained, and its workers have ended"),
        new(Starting, Draining, "drain, or kill with a wait"),
        new(Starting, Killed, "kill now"),
        new(Starting, Failed, "its restart strategy forgives no more"),

        new(Active, Inactive, "deactivate"),
        new(Active, Rebalancing, "rebalance"),
        new(Active, Recovering, "a worker or a link was lost"),
        new(Active, Draining, "drain, kill with a wait, or every spout is exhausted"),
        new(Active, Killed, "kill now"),
        new(Active, Failed, "its restart strategy does not forgive a loss"),

        new(Inactive, Active, "activate, when it has workers"),
        new(Inactive, Starting, "activate or resume, when it has no workers"),
        new(Inactive, Rebalancing, "rebalance, when it has workers"),
        new(Inactive, Recovering, "a worker or a link was lost"),
        new(Inactive, Draining, "drain, or kill with a wait, when it has workers"),
        new(Inactive, Killed, "kill now, or kill when it has no workers"),
        new(Inactive, Failed, "its restart strategy does not forgive a loss"),

        new(Rebalancing, Active, "the new assignments run"),
        new(Rebalancing, Inactive, "the new assignments run, and it was inactive or was deactivated meanwhile"),
        new(Rebalancing, Draining, "drain, or kill with a wait"),
        new(Rebalancing, Killed, "kill now"),
        new(Rebalancing, Failed, "its restart strategy does not forgive a loss"),

        new(Recovering, Active, "every worker is ready in the new generation"),
        new(Recovering, Inactive, "every worker is ready in the new generation, and it was inactive or was deactivated meanwhile"),
        new(Recovering, Draining, "drain, or kill with a wait"),
        new(Recovering, Killed, "kill now"),
        new(Recovering, Failed, "its restart strategy forgives no more"),

        new(Draining, Inactive, "it was drained, and its workers have ended"),
        new(Draining, Recovering, "a worker or a link was lost before it completed"),
        new(Draining, Killed, "what was in flight is worked off, or the wait is over"),
        new(Draining, Failed, "its restart strategy does not forgive a loss before it completed"),
        new(Draining, Completed, "every spout exhausted, nothing pending, positions committed, every bolt finished"),
    ];

    /// <summary>Whether there is a step from one state to another; none is needed to stay.</summary>
    public static bool Allows(TopologyState from, TopologyState to) => from == to || All.Any(t => t.From == from && t.To == to);
}
