namespace Topology.Cluster;

/// <summary>A spout task's word that everything below a position is done with.</summary>
/// <param name="Topology">The topology's id.</param>
/// <param name="Generation">The generation in which the task runs.</param>
/// <param name="Incarnation">The incarnation of the worker that the task runs in.</param>
/// <param name="Component">The spout.</param>
/// <param name="Task">The task's id; at least 1.</param>
/// <param name="Sequence">Orders the positions of this task: a later position has a higher one. The spout chooses what it counts: a file's number and a line's in 64 bits, an offset, a tally.</param>
/// <param name="Payload">What the spout needs to go on from there; opaque, at most 65,536 bytes.</param>
public sealed record PositionCommit(string Topology, long Generation, long Incarnation, string Component, int Task, long Sequence, ReadOnlyMemory<byte> Payload);
