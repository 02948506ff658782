using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>What is durable of a worker. Immutable.</summary>
/// <param name="Number">Its number in its topology, from 0.</param>
/// <param name="Incarnation">The last life that was begun.</param>
/// <param name="Generation">The topology's generation when it was begun.</param>
/// <param name="Host">The supervisor that keeps it.</param>
/// <param name="Executors">What it runs.</param>
internal sealed record WorkerEntry(int Number, long Incarnation, long Generation, string Host, ImmutableArray<AssignedExecutor> Executors)
{
    /// <summary>Its process; null until it has announced itself. User code runs only after this is durable, so a life without one has never touched anything.</summary>
    public WorkerProcess? Process { get; init; }

    /// <summary>Where other workers reach it; null until it has announced itself.</summary>
    public string? Endpoint { get; init; }

    /// <summary>How often it was begun anew after a loss, since the topology was started or resumed.</summary>
    public int Restarts { get; init; }
}
