namespace Topology.Bench;

/// <summary>Counts words in keyed state.</summary>
internal sealed class WordCountBolt(RunCounters counters) : BasicBolt
{
    private readonly TupleCell _received = counters.Received.NewCell();
    private KeyedState<string, long> _counts = null!;

    /// <inheritdoc/>
    public override Fields Output => [];

    /// <inheritdoc/>
    public override void Prepare(BoltContext context) => _counts = context.KeyedState<string, long>("counts");

    /// <inheritdoc/>
    protected override void Execute(TupleView tuple, AnchoredOutput output)
    {
        _counts.For(tuple[0].AsSpan())++;
        _received.Add(1);
    }
}
