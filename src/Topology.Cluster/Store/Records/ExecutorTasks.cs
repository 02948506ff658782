namespace Topology.Cluster;

/// <summary>The tasks of one executor, which are neighbours.</summary>
/// <param name="First">The lowest task id; at least 1.</param>
/// <param name="Last">The highest task id; not below <paramref name="First"/>.</param>
public sealed record ExecutorTasks(int First, int Last);
