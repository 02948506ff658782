using Topology;
using WordCount;

namespace RollingTop;

/// <summary>Merges the rankings and shows the total one with each tick, if it has changed, and at the end: in a file or on standard output.</summary>
internal sealed class TotalRankBolt(int top, string? path) : BasicBolt
{
    private readonly RankingMerge _rankings = new(top);
    private IReadOnlyList<(string Word, long Count)> _shown = [];

    public override Fields Output => [];

    protected override void Execute(TupleView tuple, AnchoredOutput output) =>
        _rankings.Add(tuple.Source.Task, tuple[0].AsInt32(), tuple[1].AsStringOrNull(), tuple[2].AsInt64());

    protected override void Tick(AnchoredOutput output)
    {
        var ranking = _rankings.Top();
        if (!ranking.SequenceEqual(_shown)) Show(ranking);
    }

    protected override void Finish(AnchoredOutput output) => Show(_rankings.Top());

    private void Show(IReadOnlyList<(string Word, long Count)> ranking)
    {
        _shown = ranking;
        if (path is null) Console.WriteLine($"Top {ranking.Count}: {string.Join(", ", ranking.Select(r => $"{r.Word} {r.Count}"))}");
        else WordTable.Write(path, ranking.Select(r => new WordTable.Row(r.Word, r.Count)));
    }
}
