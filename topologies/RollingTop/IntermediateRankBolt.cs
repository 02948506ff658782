using Topology;

namespace RollingTop;

/// <summary>
/// Keeps the latest count of its share of the words, and with each tick emits the top of them: always a tuple for every position, empty ones last, so that whoever
/// receives them knows when a ranking is complete.
/// </summary>
internal sealed class IntermediateRankBolt(int top) : BasicBolt
{
    private readonly LatestCounts _counts = new();

    public override Fields Output => ["position", "word", "count"];

    protected override void Execute(TupleView tuple, AnchoredOutput output) => _counts.Set(tuple[0].AsString(), tuple[1].AsInt64());

    protected override void Tick(AnchoredOutput output) => EmitRanking(output);

    protected override void Finish(AnchoredOutput output) => EmitRanking(output);

    private void EmitRanking(AnchoredOutput output)
    {
        var ranking = _counts.Top(top);
        for (var position = 0; position < top; position++)
        {
            if (position < ranking.Count) output.Emit(position, ranking[position].Word, ranking[position].Count);
            else output.Emit(position, Value.Null, 0);
        }
    }
}
