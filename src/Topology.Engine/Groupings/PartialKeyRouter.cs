namespace Topology.Engine;

/// <summary>
/// Partial-key grouping: each key has two tasks, and a tuple goes to the one that this emitter has sent less to ("The Power of Both Choices", Nasir et al.,
/// 2015).
/// </summary>
internal sealed class PartialKeyRouter(OutTarget[] targets, int[] fields) : Router(targets, isSingle: true)
{
    private readonly long[] _sent = new long[targets.Length];

    public override int Choose(ReadOnlySpan<Value> values)
    {
        var hash = StableHash.Of(values, fields);
        var count = (uint)Targets.Length;
        var first = (uint)hash % count;
        // Another task than the first, wherever there are two.
        var second = count == 1 ? first : (first + 1 + ((uint)(hash >> 32) % (count - 1))) % count;
        var chosen = _sent[first] <= _sent[second] ? first : second;
        _sent[chosen]++;
        return (int)chosen;
    }
}
