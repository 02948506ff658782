namespace Topology.Cluster.Tests;

/// <summary>Emits the numbers below a count, each once, tracked by themselves; its tasks share them.</summary>
internal sealed class NumberSpout(long count, SpoutLog log) : ReliableSpout<long>
{
    private long _next;
    private long _step = 1;

    /// <summary>How many it emits at most in one call.</summary>
    public int PerCall { get; init; } = 256;

    public override Fields Output => ["number"];

    public override bool IsExhausted => _next >= count;

    public override void Open(SpoutContext context)
    {
        _next = context.TaskIndex;
        _step = context.TaskCount;
    }

    public override void NextTuple(SpoutOutput<long> output)
    {
        for (var room = Math.Min(output.Remaining, PerCall); room > 0 && _next < count; room--)
        {
            var number = _next;
            _next += _step;
            log.Emit();
            output.Emit(number, number);
        }
    }

    public override void Ack(long messageId) => log.Ack(messageId);

    public override void Fail(long messageId, FailReason reason) => log.Fail(messageId, reason);
}
