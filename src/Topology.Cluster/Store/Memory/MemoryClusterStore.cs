using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>
/// A store for simulations and for runs that keep nothing: a change is made at once, on the calling thread, and is there for as long as the process is.
/// May be used from any thread; changes wait for each other, reads wait for nothing.
/// </summary>
public sealed class MemoryClusterStore : IClusterStore
{
    private readonly Lock _writing = new();
    private volatile ImmutableDictionary<StoreTable, MemoryTable> _tables;
    private volatile bool _disposed;

    /// <summary>An empty store.</summary>
    /// <param name="clusterId">What it is to answer for <see cref="ClusterId"/>.</param>
    public MemoryClusterStore(string clusterId)
    {
        StoreText.RequireId(clusterId, "cluster's id");
        ClusterId = clusterId;
        _tables = StoreTable.All.ToImmutableDictionary(table => table, table => MemoryTable.Empty);
    }

    /// <summary>A store that goes on from another's last state, as one on a disk would after a restart. The two do not share what is changed later.</summary>
    /// <param name="other">The other; it may be disposed.</param>
    public MemoryClusterStore(MemoryClusterStore other)
    {
        ArgumentNullException.ThrowIfNull(other);
        ClusterId = other.ClusterId;
        _tables = other._tables;
    }

    /// <inheritdoc/>
    public string ClusterId { get; }

    /// <inheritdoc/>
    public Task<T> WriteAsync<T>(Func<IStoreWriter, T> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        try
        {
            return Task.FromResult(Change(change));
        }
        catch (Exception exception)
        {
            return Task.FromException<T>(exception);
        }
    }

    /// <inheritdoc/>
    public T Read<T>(Func<IStoreReader, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return read(new StoreReader(new MemoryRows(_tables)));
    }

    /// <inheritdoc/>
    public void Dispose() => _disposed = true;

    private T Change<T>(Func<IStoreWriter, T> change)
    {
        lock (_writing)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var rows = new MemoryRows(_tables);
            var answer = change(new StoreWriter(rows));
            _tables = rows.Tables;
            return answer;
        }
    }
}
