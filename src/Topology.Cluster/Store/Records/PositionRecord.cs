namespace Topology.Cluster;

/// <summary>Where a spout task goes on. Immutable.</summary>
/// <param name="Topology">The topology's id.</param>
/// <param name="Component">The spout.</param>
/// <param name="Task">The task's id.</param>
/// <param name="Incarnation">The incarnation that committed it.</param>
/// <param name="Sequence">Its place in the order of this task's positions; never falls.</param>
/// <param name="Payload">What the spout wrote with it.</param>
public sealed record PositionRecord(string Topology, string Component, int Task, long Incarnation, long Sequence, ReadOnlyMemory<byte> Payload);
