namespace Topology.Bench;

/// <summary>Emits each word of a sentence, as a slice of it.</summary>
internal sealed class SplitBolt : BasicBolt
{
    /// <inheritdoc/>
    public override Fields Output => ["word"];

    /// <inheritdoc/>
    protected override void Execute(TupleView tuple, AnchoredOutput output)
    {
        var sentence = tuple[0].AsString();
        foreach (var word in sentence.AsSpan().Split(' ')) output.Emit(Value.Slice(sentence, word));
    }
}
