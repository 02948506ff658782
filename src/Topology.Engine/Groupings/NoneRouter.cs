namespace Topology.Engine;

/// <summary>None grouping: a random task.</summary>
internal sealed class NoneRouter(OutTarget[] targets, EdgeIds chance) : Router(targets, isSingle: true)
{
    public override int Choose(ReadOnlySpan<Value> values) =>
        Targets.Length == 1 ? 0 : (int)Math.BigMul(chance.Next(), (ulong)Targets.Length, out _);
}
