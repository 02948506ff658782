namespace Topology.EndToEnd.Topologies;

/// <summary>Says for each number which process it passed.</summary>
internal sealed class MarkBolt : BasicBolt
{
    public override Fields Output => ["number", "process"];

    protected override void Execute(TupleView tuple, AnchoredOutput output) => output.Emit(tuple[0], Environment.ProcessId);
}
