namespace Topology.Engine;

/// <summary>Global grouping, and every other one where there is only one task: the task of the lowest id gets every tuple.</summary>
internal sealed class GlobalRouter(OutTarget[] targets) : Router(targets, isSingle: true)
{
    private readonly OutTarget _lowest = targets[0];

    public override OutTarget Choose(ReadOnlySpan<Value> values) => _lowest;
}
