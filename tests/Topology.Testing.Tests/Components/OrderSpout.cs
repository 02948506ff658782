namespace Topology.Testing.Tests;

/// <summary>Emits orders by their offsets, two at a time.</summary>
internal sealed class OrderSpout(OrderQueue queue) : ReliableSpout<long>
{
    private StreamId _large = null!;

    public override Fields Output => ["customer", "total"];

    public override void Declare(StreamDeclarer streams) => streams.Add("large", ["customer"]);

    public override void Open(SpoutContext context)
    {
        if (queue.IsClosed) throw new InvalidOperationException("the queue is closed");
        _large = context.Stream("large");
    }

    public override void NextTuple(SpoutOutput<long> output)
    {
        queue.Remaining.Add(output.Remaining);
        for (var left = Math.Min(2, output.Remaining); left > 0 && queue.Waiting.TryDequeue(out var order); left--)
        {
            output.Emit(order.Offset, order.Customer, order.Total);
            if (order.Total >= 1000) output.EmitUntracked(_large, order.Customer);
        }
    }

    public override void Ack(long messageId) => queue.Committed.Add(messageId);

    public override void Fail(long messageId, FailReason reason) => queue.Requeued.Add((messageId, reason));

    public override void Activate() => queue.Calls.Add("activate");

    public override void Deactivate() => queue.Calls.Add("deactivate");

    public override void Close() => queue.Calls.Add("close");
}
