using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>The rows of a table by key. Immutable, so that keeping an old state costs nothing.</summary>
internal sealed record MemoryTable(ImmutableSortedDictionary<ImmutableArray<object>, object?[]> Rows)
{
    public static readonly MemoryTable Empty = new(ImmutableSortedDictionary.Create<ImmutableArray<object>, object?[]>(KeyOrder.Instance));

    public MemoryTable With(ImmutableArray<object> key, object?[] values) => new(Rows.SetItem(key, values));

    public MemoryTable Without(IEnumerable<ImmutableArray<object>> keys) => new(Rows.RemoveRange(keys));

    /// <summary>The keys that begin so.</summary>
    public IEnumerable<ImmutableArray<object>> KeysFrom(ReadOnlySpan<object> start)
    {
        var wanted = start.ToArray();
        return Rows.Keys.Where(key => key.AsSpan()[..wanted.Length].SequenceEqual(wanted));
    }
}
