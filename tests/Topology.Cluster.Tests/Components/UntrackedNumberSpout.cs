namespace Topology.Cluster.Tests;

/// <summary>Emits the numbers below a count, each once, untracked.</summary>
internal sealed class UntrackedNumberSpout(long count) : Spout
{
    private long _next;

    public override Fields Output => ["number"];

    public override bool IsExhausted => _next == count;

    public override void NextTuple(SpoutOutput output)
    {
        for (var room = output.Remaining; room > 0 && _next < count; room--) output.Emit(_next++);
    }
}
