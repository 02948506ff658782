namespace Topology.Cluster;

/// <summary>
/// Where rows are kept: all that a kind of store has to bring, since the rules of <see cref="StoreWriter"/> and the meaning of the rows are the same for all. Used by one thread at a time, inside one transaction.
/// A row that cannot be trusted comes back as its key and a reason.
/// </summary>
internal interface IStoreRows
{
    /// <summary>The row of a whole key; null if there is none.</summary>
    StoreRow? Find(StoreTable table, params ReadOnlySpan<object> key);

    /// <summary>The rows whose keys begin so, all for an empty one, by key as the store orders it.</summary>
    IReadOnlyList<StoreRow> Scan(StoreTable table, params ReadOnlySpan<object> keyStart);

    /// <summary>Adds a row or replaces the one with its key.</summary>
    void Put(StoreTable table, object?[] values);

    /// <summary>Removes the rows whose keys begin so.</summary>
    /// <returns>How many there were.</returns>
    int Delete(StoreTable table, params ReadOnlySpan<object> keyStart);
}
