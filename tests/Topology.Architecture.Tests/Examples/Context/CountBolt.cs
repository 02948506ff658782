namespace Topology.Architecture.Tests.Context;

/// <summary>The bolt of this name that doc comments speak of.</summary>
public sealed class CountBolt : BasicBolt
{
    private KeyedState<string, long> _counts = null!;

    public override Fields Output => ["word", "count"];

    public override void Prepare(BoltContext context) => _counts = context.KeyedState<string, long>("counts");

    protected override void Execute(TupleView tuple, AnchoredOutput output) => output.Emit(tuple[0], ++_counts.For(tuple[0].AsSpan()));
}
