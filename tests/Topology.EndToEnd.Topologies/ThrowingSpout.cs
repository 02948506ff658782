namespace Topology.EndToEnd.Topologies;

/// <summary>A spout that throws in Open if it is to, and emits nothing.</summary>
internal sealed class ThrowingSpout(string where) : Spout
{
    public override Fields Output => ["nothing"];

    public override void Open(SpoutContext context)
    {
        if (where == "open") throw new InvalidOperationException("thrown in Open on purpose");
    }

    public override void NextTuple(SpoutOutput output)
    {
    }
}
