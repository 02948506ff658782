namespace Topology.Cluster;

/// <summary>A step in the life of a topology.</summary>
/// <param name="From">The state before.</param>
/// <param name="To">The state after.</param>
/// <param name="When">What makes it.</param>
public sealed record Transition(TopologyState From, TopologyState To, string When);
