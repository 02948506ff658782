namespace Topology.Engine;

/// <summary>All grouping: every task gets every tuple.</summary>
internal sealed class AllRouter(OutTarget[] targets) : Router(targets, isSingle: false)
{
    public override void ChooseMany(ReadOnlySpan<Value> values, int task, List<int> chosen)
    {
        for (var place = 0; place < Targets.Length; place++) chosen.Add(place);
    }
}
