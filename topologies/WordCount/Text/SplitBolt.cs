using Topology;

namespace WordCount;

/// <summary>Splits a text into words in small letters. A word is a slice of the text, so one string is made per text and none per word.</summary>
internal sealed class SplitBolt : BasicBolt
{
    public override Fields Output => ["word"];

    protected override void Execute(TupleView tuple, AnchoredOutput output)
    {
        var text = AsciiWords.ToLower(tuple[0].AsString());
        foreach (var (start, length) in new AsciiWords(text)) output.Emit(Value.Slice(text, start, length));
    }
}
