namespace Topology.Cluster.Tests;

/// <summary>Emits what a test feeds it; several tasks may share one feeder.</summary>
internal sealed class FeederSpout(Feeder feeder) : ReliableSpout<long>
{
    public override Fields Output => [.. feeder.Fields];

    public override bool IsExhausted => feeder.IsExhausted;

    public override void Open(SpoutContext context) => feeder.Open(context);

    public override void NextTuple(SpoutOutput<long> output)
    {
        if (output.Remaining > 0 && feeder.TryTake(out var id, out var values)) output.Emit(id, values);
    }

    public override void Ack(long messageId) => feeder.Ack(messageId);

    public override void Fail(long messageId, FailReason reason) => feeder.Fail(messageId, reason);
}
