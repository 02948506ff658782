namespace Topology.Testing.Tests;

/// <summary>The orders of an <see cref="OrderSpout"/>, and what it said about them.</summary>
internal sealed class OrderQueue(params (long Offset, string Customer, long Total)[] orders)
{
    public Queue<(long Offset, string Customer, long Total)> Waiting { get; } = new(orders);

    public bool IsClosed { get; init; }

    public List<long> Committed { get; } = [];

    public List<(long Offset, FailReason Reason)> Requeued { get; } = [];

    public List<int> Remaining { get; } = [];

    public List<string> Calls { get; } = [];
}
