namespace Topology.Cluster;

/// <summary>What the cluster has to know of one component to deal its executors to workers.</summary>
/// <param name="Id">The component's id.</param>
/// <param name="Kind">Spout or bolt.</param>
/// <param name="Executors">How many executors run its tasks; 1 to <paramref name="Tasks"/>.</param>
/// <param name="Tasks">How many tasks it has.</param>
/// <param name="FirstTask">The id of its first task; the others follow.</param>
/// <param name="IsReliable">Whether it is a spout whose tuples are tracked.</param>
public sealed record ComponentOutline(string Id, ComponentKind Kind, int Executors, int Tasks, int FirstTask, bool IsReliable);
