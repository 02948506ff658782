namespace Topology.EndToEnd.Topologies;

/// <summary>A bolt that throws in Prepare if it is to, or needs an assembly there.</summary>
internal sealed class ThrowingBolt(string where) : BasicBolt
{
    public override Fields Output => [];

    public override void Prepare(BoltContext context)
    {
        if (where == "prepare") throw new InvalidOperationException("thrown in Prepare on purpose");
        if (where == "needs in prepare") Need.Assembly();
    }

    protected override void Execute(TupleView tuple, AnchoredOutput output)
    {
    }
}
