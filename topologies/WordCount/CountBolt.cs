using Topology;

namespace WordCount;

/// <summary>Counts the words that are grouped to this task, and emits every count at the end.</summary>
internal sealed class CountBolt : BasicBolt
{
    private KeyedState<string, long> _counts = null!;

    public override Fields Output => ["word", "count"];

    public override void Prepare(BoltContext context) => _counts = context.KeyedState<string, long>("counts");

    protected override void Execute(TupleView tuple, AnchoredOutput output) => _counts.For(tuple[0].AsSpan())++;

    protected override void Finish(AnchoredOutput output)
    {
        foreach (var (word, count) in _counts.Entries) output.Emit(word, count);
    }
}
