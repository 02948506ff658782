namespace Topology.Engine;

/// <summary>Global grouping, and every other one where there is only one task: the task of the lowest id gets every tuple.</summary>
internal sealed class GlobalRouter(OutTarget[] targets) : Router(targets, isSingle: true)
{
    public override int Choose(ReadOnlySpan<Value> values) => 0;
}
