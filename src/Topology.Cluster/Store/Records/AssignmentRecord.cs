using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>What a worker of a topology has to run, and which process is to run it. Immutable.</summary>
/// <param name="Topology">The topology's id.</param>
/// <param name="Worker">The worker's id, within the topology.</param>
/// <param name="Incarnation">Which life of the worker: a number from <see cref="IStoreWriter.IssueIncarnation"/>, so a later life of any worker has a higher one.</param>
/// <param name="Supervisor">The supervisor that keeps the process.</param>
/// <param name="Executors">What it runs: at most 100,000 tasks in all, none of them twice.</param>
public sealed record AssignmentRecord(
    string Topology,
    string Worker,
    long Incarnation,
    string Supervisor,
    ImmutableArray<ExecutorTasks> Executors)
{
    /// <summary>The process id; null until it was started.</summary>
    public int? Pid { get; init; }

    /// <summary>When the process was started, in the words of its host's kernel and to be compared for equality only: a pid comes back, a pid with its start does not. Null until it was started.</summary>
    public string? ProcessStart { get; init; }

    /// <summary>Where other workers reach it; null until it is bound.</summary>
    public string? Endpoint { get; init; }

    /// <summary>How often it was started again without having made progress.</summary>
    public int Restarts { get; init; }
}
