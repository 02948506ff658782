using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>Rows in memory: a transaction is a copy that takes the place of the original, or does not.</summary>
internal sealed class MemoryRows(ImmutableDictionary<StoreTable, MemoryTable> tables) : IStoreRows
{
    public ImmutableDictionary<StoreTable, MemoryTable> Tables { get; private set; } = tables;

    public StoreRow? Find(StoreTable table, params ReadOnlySpan<object> key) => Tables[table].Rows.TryGetValue([.. key], out var values) ? new StoreRow(values) : null;

    public IReadOnlyList<StoreRow> Scan(StoreTable table, params ReadOnlySpan<object> keyStart)
    {
        var rows = Tables[table].Rows;
        return [.. Tables[table].KeysFrom(keyStart).Select(key => new StoreRow(rows[key]))];
    }

    public void Put(StoreTable table, object?[] values) =>
        Tables = Tables.SetItem(table, Tables[table].With([.. values.Take(table.KeyLength)!], values));

    public int Delete(StoreTable table, params ReadOnlySpan<object> keyStart)
    {
        var keys = Tables[table].KeysFrom(keyStart).ToArray();
        Tables = Tables.SetItem(table, Tables[table].Without(keys));
        return keys.Length;
    }
}
