namespace Topology.Testing;

/// <summary>A stream that a bolt under test receives.</summary>
/// <param name="Component">The component that emits it.</param>
/// <param name="Fields">Its fields.</param>
/// <param name="Stream">Its name.</param>
public sealed record TestInput(string Component, Fields Fields, string Stream = StreamId.Default);
