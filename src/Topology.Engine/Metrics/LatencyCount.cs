namespace Topology.Engine;

/// <summary>How many latencies of a component fell into a bucket of <see cref="LatencyHistogram"/>.</summary>
/// <param name="Component">The component.</param>
/// <param name="IsComplete">Whether they are of trees, from emit to ack; else of <c>Execute</c>.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Count">How many, above zero.</param>
internal readonly record struct LatencyCount(string Component, bool IsComplete, int Bucket, long Count);
