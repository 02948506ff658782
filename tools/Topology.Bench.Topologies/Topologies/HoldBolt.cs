namespace Topology.Bench;

/// <summary>Holds every tuple and answers for none.</summary>
internal sealed class HoldBolt(RunCounters counters) : IBolt
{
    private readonly TupleCell _received = counters.Received.NewCell();

    /// <inheritdoc/>
    public Fields Output => [];

    /// <inheritdoc/>
    public void Execute(TupleView tuple, BoltOutput output)
    {
        output.Hold(tuple);
        _received.Add(1);
    }
}
