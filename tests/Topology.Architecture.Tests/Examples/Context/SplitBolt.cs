namespace Topology.Architecture.Tests.Context;

/// <summary>The bolt of this name that doc comments speak of.</summary>
public sealed class SplitBolt : BasicBolt
{
    public override Fields Output => ["word"];

    protected override void Execute(TupleView tuple, AnchoredOutput output)
    {
        foreach (var word in tuple[0].AsString().Split(' ')) output.Emit(word);
    }
}
