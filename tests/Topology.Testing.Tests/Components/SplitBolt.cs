namespace Topology.Testing.Tests;

/// <summary>Splits sentences into words.</summary>
internal sealed class SplitBolt : BasicBolt
{
    public override Fields Output => ["word"];

    protected override void Execute(TupleView tuple, AnchoredOutput output)
    {
        var sentence = tuple[0].AsString();
        foreach (var word in sentence.AsSpan().Split(' ')) output.Emit(Value.Slice(sentence, word));
    }
}
