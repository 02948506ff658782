using Topology;

namespace RollingTop;

/// <summary>
/// Counts words within a sliding window of as many ticks as it has slots. With each tick it emits every count and slides on; the window is as long as the ticks
/// take, so on a machine that is late with them it is longer.
/// </summary>
internal sealed class RollingCountBolt(int slots) : BasicBolt
{
    private readonly SlidingCounts _counts = new(slots);

    public override Fields Output => ["word", "count"];

    protected override void Execute(TupleView tuple, AnchoredOutput output) => _counts.Add(tuple[0].AsSpan());

    protected override void Tick(AnchoredOutput output)
    {
        EmitCounts(output);
        _counts.Slide();
    }

    protected override void Finish(AnchoredOutput output) => EmitCounts(output);

    private void EmitCounts(AnchoredOutput output)
    {
        foreach (var (word, count) in _counts.Counts) output.Emit(word, count);
    }
}
