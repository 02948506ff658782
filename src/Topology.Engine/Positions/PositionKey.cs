namespace Topology.Engine;

/// <summary>Whose position it is.</summary>
/// <param name="Topology">The topology's name.</param>
/// <param name="Component">The spout's id.</param>
/// <param name="TaskIndex">
/// The task's place among the component's tasks, from 0. Not its id, which changes when another component is given tasks.
/// </param>
public readonly record struct PositionKey(string Topology, string Component, int TaskIndex);
