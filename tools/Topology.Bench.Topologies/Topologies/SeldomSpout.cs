namespace Topology.Bench;

/// <summary>Emits a tuple when its bolt is due to block, and nothing else: it takes next to no processor time, whether the bolt blocks or not.</summary>
internal sealed class SeldomSpout(RunCounters counters, Blocker blocker) : Spout
{
    private readonly TupleCell _expected = counters.Expected.NewCell();
    private long _number;

    /// <inheritdoc/>
    public override Fields Output => ["text", "number"];

    /// <inheritdoc/>
    public override void NextTuple(SpoutOutput output)
    {
        if (!blocker.IsDue || output.Remaining == 0) return;
        output.Emit(Payload.TextOf(_number), _number);
        _number++;
        _expected.Add(1);
    }
}
