namespace Topology.Bench;

/// <summary>Has nothing to emit.</summary>
internal sealed class QuietSpout(RunCounters counters) : ReliableSpout<long>
{
    private readonly TupleCell _asked = counters.Asked.NewCell();

    /// <inheritdoc/>
    public override Fields Output => ["text", "number"];

    /// <inheritdoc/>
    public override void NextTuple(SpoutOutput<long> output) => _asked.Add(1);
}
