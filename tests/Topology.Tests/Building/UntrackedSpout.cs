namespace Topology.Tests;

/// <summary>A spout without tracking, of these fields, which emits nothing.</summary>
internal sealed class UntrackedSpout(params string[] fields) : Spout
{
    public override Fields Output => Fields.Create(fields);

    public override void NextTuple(SpoutOutput output)
    {
    }
}
