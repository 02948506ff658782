using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>What one worker runs. Immutable.</summary>
/// <param name="Number">The worker's number in its topology, from 0.</param>
/// <param name="Incarnation">Which life of the worker this is for: later lives of any worker of the topology have higher numbers.</param>
/// <param name="Host">The supervisor that keeps the process.</param>
/// <param name="Executors">The executors of components, by number.</param>
/// <param name="Ackers">The ackers, by number.</param>
public sealed record WorkerAssignment(int Number, long Incarnation, string Host, ImmutableArray<AssignedExecutor> Executors, ImmutableArray<AssignedAcker> Ackers);
