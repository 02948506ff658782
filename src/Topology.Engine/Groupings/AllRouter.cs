namespace Topology.Engine;

/// <summary>All grouping: every task gets every tuple.</summary>
internal sealed class AllRouter : Router
{
    public AllRouter(OutTarget[] targets) : base(targets, isSingle: false) => Chosen.AddRange(targets);
}
