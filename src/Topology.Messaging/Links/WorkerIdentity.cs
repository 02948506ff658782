namespace Topology.Messaging;

/// <summary>Who a worker process is.</summary>
/// <param name="Topology">The topology's number.</param>
/// <param name="Worker">The worker's number within the topology. A replacement has the number of the process that it replaces.</param>
/// <param name="Incarnation">Not 0. Another each time a process starts, and no two workers of a topology ever have the same: frames tell their senders apart by it.</param>
internal readonly record struct WorkerIdentity(ulong Topology, uint Worker, ulong Incarnation);
