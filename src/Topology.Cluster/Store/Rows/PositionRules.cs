namespace Topology.Cluster;

/// <summary>Whether a position is in order.</summary>
internal static class PositionRules
{
    /// <param name="topology">The topology; null if there is none.</param>
    /// <param name="fence">The last incarnation that the task was assigned to; 0 for none.</param>
    /// <param name="present">The position that is kept; null if there is none.</param>
    /// <param name="commit">The position that is offered.</param>
    public static CommitOutcome Decide(TopologyRecord? topology, long fence, PositionRecord? present, PositionCommit commit)
    {
        if (topology is null) return CommitOutcome.UnknownTopology;
        if (topology.State.IsEnded()) return CommitOutcome.Ended;
        if (commit.Generation != topology.Generation) return CommitOutcome.WrongGeneration;
        if (commit.Incarnation < fence) return CommitOutcome.OldIncarnation;
        if (commit.Incarnation > fence || fence == 0) return CommitOutcome.NotAssigned;
        if (present is null) return CommitOutcome.Committed;
        if (present.Component != commit.Component) return CommitOutcome.NotAssigned;
        // The same sequence again is a commit whose answer was lost, or one that adds to the payload: neither goes back.
        return commit.Sequence < present.Sequence ? CommitOutcome.Backwards : CommitOutcome.Committed;
    }

    public static StoreException Unreadable(string topology, string component, int task) =>
        new($"The position of {component}[{task}] of topology '{topology}' is damaged, so nobody knows where it goes on. Kill the topology and submit it again, or restore a backup of the store.");
}
