namespace Topology.Bench;

/// <summary>Emits what is due by an open loop's schedule, tracked by number, and records each tuple's latency at its ack.</summary>
internal sealed class PacedSpout(RunCounters counters, OpenLoop loop, LatencyHistogram latencies) : ReliableSpout<long>
{
    private readonly TupleCell _expected = counters.Expected.NewCell();
    private readonly TupleCell _tracked = counters.Tracked.NewCell();
    private readonly TupleCell _acked = counters.Acked.NewCell();
    private readonly TupleCell _failed = counters.Failed.NewCell();
    private SpoutContext _context = null!;
    private long _epoch;
    private long _number;

    /// <inheritdoc/>
    public override Fields Output => ["text", "number"];

    /// <inheritdoc/>
    public override void Open(SpoutContext context) => _context = context;

    /// <inheritdoc/>
    public override void NextTuple(SpoutOutput<long> output)
    {
        if (loop.Epoch is var epoch && epoch != _epoch) (_epoch, _number) = (epoch, 0);
        if (epoch == 0) return;
        var count = (int)Math.Clamp(loop.Due - _number, 0, output.Remaining);
        for (var i = 0; i < count; i++, _number++) output.Emit(_number, Payload.TextOf(_number), _number);
        _tracked.Add(count);
        _expected.Add(count);

        // The next tuple is due in 20 µs at most, sooner than any timer: asking to be called again is what a source that polls does.
        if (count == 0) _context.Wake();
    }

    /// <inheritdoc/>
    public override void Ack(long messageId)
    {
        loop.Complete(_epoch, messageId, latencies);
        _acked.Add(1);
    }

    /// <inheritdoc/>
    public override void Fail(long messageId, FailReason reason) => _failed.Add(1);
}
