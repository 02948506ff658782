namespace Topology.Bench;

/// <summary>Emits the payload as fast as max-spout-pending allows, tracked by its number.</summary>
/// <param name="counters">The run's counters.</param>
/// <param name="receivers">How many sinks receive each tuple.</param>
internal sealed class TrackedNumberSpout(RunCounters counters, int receivers = 1) : ReliableSpout<long>
{
    private readonly TupleCell _expected = counters.Expected.NewCell();
    private readonly TupleCell _tracked = counters.Tracked.NewCell();
    private readonly TupleCell _acked = counters.Acked.NewCell();
    private readonly TupleCell _failed = counters.Failed.NewCell();
    private long _number;

    /// <inheritdoc/>
    public override Fields Output => ["text", "number"];

    /// <inheritdoc/>
    public override void NextTuple(SpoutOutput<long> output)
    {
        var count = Math.Min(output.Remaining, NumberSpout.TuplesPerCall);
        for (var i = 0; i < count; i++, _number++) output.Emit(_number, Payload.TextOf(_number), _number);
        _tracked.Add(count);
        _expected.Add((long)count * receivers);
    }

    /// <inheritdoc/>
    public override void Ack(long messageId) => _acked.Add(1);

    /// <inheritdoc/>
    public override void Fail(long messageId, FailReason reason) => _failed.Add(1);
}
