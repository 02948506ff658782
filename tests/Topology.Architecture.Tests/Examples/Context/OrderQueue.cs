namespace Topology.Architecture.Tests.Context;

/// <summary>The queue that the examples of a spout speak of.</summary>
public sealed class OrderQueue
{
    public Queue<long> Waiting { get; } = new();

    public List<long> Requeued { get; } = [];
}
