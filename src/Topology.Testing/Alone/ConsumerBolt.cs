namespace Topology.Testing;

/// <summary>Subscribes to a component under test, and acks what it gets.</summary>
internal sealed class ConsumerBolt : IBolt
{
    public Fields Output => [];

    public void Execute(TupleView tuple, BoltOutput output) => output.Ack(tuple);
}
