namespace Topology.Engine;

/// <summary>A position as a store has it.</summary>
/// <param name="Incarnation">Which incarnation of the task wrote it.</param>
/// <param name="Position">The position.</param>
public readonly record struct StoredPosition(long Incarnation, SpoutPosition Position);
