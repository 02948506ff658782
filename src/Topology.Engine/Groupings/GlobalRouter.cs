namespace Topology.Engine;

/// <summary>Global grouping: the task of the lowest id gets every tuple.</summary>
internal sealed class GlobalRouter(OutTarget[] targets) : Router(targets, isSingle: true)
{
    public override OutTarget Choose(ReadOnlySpan<Value> values) => Targets[0];
}
