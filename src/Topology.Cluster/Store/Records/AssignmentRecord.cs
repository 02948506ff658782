using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>What a worker of a topology has to run, and which process is to run it. Immutable.</summary>
/// <param name="Topology">The topology's id.</param>
/// <param name="Worker">The worker's number in the topology, from 0.</param>
/// <param name="Incarnation">Which life of the worker: not above <see cref="TopologyRecord.LastIncarnation"/>, and a later life of any worker has a higher one.</param>
/// <param name="Generation">The topology's generation when this life was begun.</param>
/// <param name="Supervisor">The supervisor that keeps the process.</param>
/// <param name="Executors">What it runs: at most 100,000 tasks in all, none of them twice.</param>
public sealed record AssignmentRecord(
    string Topology,
    int Worker,
    long Incarnation,
    long Generation,
    string Supervisor,
    ImmutableArray<AssignedExecutor> Executors)
{
    /// <summary>The process id; null until it is known.</summary>
    public int? Pid { get; init; }

    /// <summary>When the process was started, in the words of its host's kernel and to be compared for equality only: a pid comes back, a pid with its start does not. Null where <see cref="Pid"/> is.</summary>
    public string? ProcessStart { get; init; }

    /// <summary>Where other workers reach it; null until it is bound.</summary>
    public string? Endpoint { get; init; }

    /// <summary>How often it was begun anew after a loss, since the topology was started or resumed.</summary>
    public int Restarts { get; init; }
}
