namespace Topology.Cluster;

/// <summary>How a <see cref="SqliteClusterStore"/> keeps its file.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>How large the file may get, in bytes; beyond it changes fail with <see cref="StoreFullException"/>. At least 1 MiB; 1 GiB unless set. The write-ahead log beside it comes on top: usually 4 MiB, more while a read lasts long.</summary>
    public long MaxBytes { get; init; } = 1L << 30;

    /// <summary>What a new store is to answer for <see cref="IClusterStore.ClusterId"/>; null for a random id.</summary>
    public string? NewClusterId { get; init; }

    internal SqliteSchema Schema { get; init; } = SqliteSchema.Product;
}
