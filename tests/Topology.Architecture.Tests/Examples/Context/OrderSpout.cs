namespace Topology.Architecture.Tests.Context;

/// <summary>The spout of this name that doc comments speak of.</summary>
public sealed class OrderSpout(OrderQueue queue) : ReliableSpout<long>
{
    public override Fields Output => ["order"];

    public override void NextTuple(SpoutOutput<long> output)
    {
        if (output.Remaining > 0 && queue.Waiting.TryDequeue(out var order)) output.Emit(order, order);
    }

    public override void Fail(long messageId, FailReason reason) => queue.Requeued.Add(messageId);
}
