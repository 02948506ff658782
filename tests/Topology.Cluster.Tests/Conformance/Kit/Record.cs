namespace Topology.Cluster.Tests.Conformance;

/// <summary>A tuple that a <see cref="RecordingBolt"/> saw.</summary>
/// <param name="Task">The task that received it.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Values">Its values.</param>
internal sealed record Record(int Task, TupleSource Source, Value[] Values);
