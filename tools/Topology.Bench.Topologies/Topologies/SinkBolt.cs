namespace Topology.Bench;

/// <summary>Looks at both parts of the payload and counts, as the reader of the channel does.</summary>
internal sealed class SinkBolt(RunCounters counters) : BasicBolt
{
    private readonly TupleCell _received = counters.Received.NewCell();
    private long _sum;

    /// <inheritdoc/>
    public override Fields Output => [];

    /// <inheritdoc/>
    public override void Cleanup() => GC.KeepAlive(_sum);

    /// <inheritdoc/>
    protected override void Execute(TupleView tuple, AnchoredOutput output)
    {
        _sum += tuple[0].AsSpan().Length + tuple[1].AsInt64();
        _received.Add(1);
    }
}
