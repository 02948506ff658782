namespace Topology.Cluster;

/// <summary>An executor of a component as it is dealt to a worker.</summary>
/// <param name="Number">Its number among all executors of the topology, from 0: components in the plan's order, the executors of each in the order of their tasks.</param>
/// <param name="Component">The component's id.</param>
/// <param name="FirstTask">The id of its first task.</param>
/// <param name="LastTask">The id of its last task; it runs those between, too.</param>
public sealed record AssignedExecutor(int Number, string Component, int FirstTask, int LastTask);
