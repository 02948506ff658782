namespace Topology.Cluster.Tests;

/// <summary>One random step; what the numbers mean depends on the kind.</summary>
internal sealed record StoreOperation(int Kind, string Topology, int Task, long Incarnation, long Number);
