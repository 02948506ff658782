namespace Topology.Cluster.Tests;

/// <summary>Ways to break the cluster on purpose, so that the simulation shows that it notices.</summary>
public enum BrokenRule
{
    None,
    ReplacementsDoNotWaitForDeath,
    ActionsGoBeforeKeeping,
    SupervisorsOutliveTheirLease,
    CountersOfTheDeadAreDropped,
    WorkersOutliveTheirSupervisor,
    KillsAreNotDone,
}
