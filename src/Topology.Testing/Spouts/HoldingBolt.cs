using Topology.Engine;
using Topology.Messaging;

namespace Topology.Testing;

/// <summary>Subscribes to a spout under test, and leaves it to the test to answer for what is tracked.</summary>
/// <param name="received">Called with each tuple: source, values, and the tree and edge that an answer names.</param>
internal sealed class HoldingBolt(Action<TupleSource, Value[], TupleIds> received) : IBolt
{
    public Fields Output => [];

    public void Execute(TupleView tuple, BoltOutput output)
    {
        // Held and at once forgotten, so that nobody else ever answers for it.
        var held = output.Hold(tuple);
        var table = ((BoltTask)output).HeldTuples;
        var ids = table.Get(held).Ids;
        table.Remove(held);
        received(tuple.Source, tuple.ToArray(), ids);
    }
}
