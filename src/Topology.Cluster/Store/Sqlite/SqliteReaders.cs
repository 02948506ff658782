using System.Collections.Concurrent;

namespace Topology.Cluster;

/// <summary>Read-only connections, of which a few are kept open. Thread-safe.</summary>
internal sealed class SqliteReaders(string file) : IDisposable
{
    private const int MaxIdle = 4;

    private readonly ConcurrentBag<SqliteRows> _idle = [];

    public SqliteRows Rent() => _idle.TryTake(out var rows) ? rows : new SqliteRows(SqliteConnections.OpenReader(file));

    /// <summary>Takes back a connection that worked; one that failed is disposed by its user.</summary>
    public void Return(SqliteRows rows)
    {
        if (_idle.Count < MaxIdle) _idle.Add(rows);
        else rows.Dispose();
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var rows)) rows.Dispose();
    }
}
