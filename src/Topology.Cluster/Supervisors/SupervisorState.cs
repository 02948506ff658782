using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>All that a supervisor knows. Immutable.</summary>
internal sealed record SupervisorState
{
    /// <summary>Its workers.</summary>
    public ImmutableSortedDictionary<WorkerKey, SupervisedWorker> Workers { get; init; } = ImmutableSortedDictionary<WorkerKey, SupervisedWorker>.Empty;

    /// <summary>The last workers that ended here, oldest first: an order to start one of them has crossed the news of its end.</summary>
    public ImmutableArray<WorkerKey> Ended { get; init; } = [];

    /// <summary>Whether it lives in the master's process and needs no lease.</summary>
    public bool IsLocal { get; init; }

    /// <summary>When the lease ends, on the supervisor's own clock; null if it was not granted since this one began.</summary>
    public DateTimeOffset? LeaseEnds { get; init; }

    /// <summary>When the lease was asked for last.</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>Whether the lease came so near to its end that all workers are killed; nothing is started until the supervisor has joined anew.</summary>
    public bool IsCutOff { get; init; }
}
