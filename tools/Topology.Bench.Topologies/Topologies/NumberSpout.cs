namespace Topology.Bench;

/// <summary>Emits the payload as fast as it is taken, untracked.</summary>
internal sealed class NumberSpout(RunCounters counters) : Spout
{
    /// <summary>How many tuples leave per call at most: enough to make the call itself cheap, few enough to leave the loop to others soon.</summary>
    public const int TuplesPerCall = 256;

    private readonly TupleCell _expected = counters.Expected.NewCell();
    private long _number;

    /// <inheritdoc/>
    public override Fields Output => ["text", "number"];

    /// <inheritdoc/>
    public override void NextTuple(SpoutOutput output)
    {
        var count = Math.Min(output.Remaining, TuplesPerCall);
        for (var i = 0; i < count; i++, _number++) output.Emit(Payload.TextOf(_number), _number);
        _expected.Add(count);
    }
}
