using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Topology.Cluster;

/// <summary>
/// The one thread that writes and checkpoints. What waits together is committed together: one fsync answers for all of it. Within such a batch each change has a savepoint of its own, so one that throws undoes itself alone;
/// when SQLite refuses the batch, each change of it is tried by itself, so that only the one at fault fails.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int MaxWaiting = 10_000;

    /// <summary>Few enough that the first of a batch does not wait long for the last.</summary>
    private const int MaxBatch = 256;

    private readonly object _gate = new();
    private readonly Queue<WriteRequest> _waiting = new();
    private readonly SqliteRows _rows;
    private readonly StoreWriter _writer;
    private readonly string _file;
    private readonly Thread _thread;
    private StoreException? _fault;
    private bool _closing;

    public SqliteWriter(string file, SqliteRows rows)
    {
        _file = file;
        _rows = rows;
        _writer = new StoreWriter(_rows);
        _thread = new Thread(Work) { Name = "topology-store", IsBackground = true };
        _thread.Start();
    }

    public void Post(WriteRequest request)
    {
        lock (_gate)
        {
            if (_closing) request.Fail(new ObjectDisposedException(nameof(SqliteClusterStore)));
            else if (_waiting.Count >= MaxWaiting) request.Fail(new StoreException($"{MaxWaiting} changes wait for the disk of {_file} already: it is too slow for what is asked of it."));
            else _waiting.Enqueue(request);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Makes the changes that wait, checkpoints and closes.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
        _rows.Dispose();
    }

    private void Work()
    {
        while (Take() is { Count: > 0 } batch) Commit(batch);
    }

    private List<WriteRequest> Take()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_closing) Monitor.Wait(_gate);
            var batch = new List<WriteRequest>();
            while (batch.Count < MaxBatch && _waiting.TryDequeue(out var request)) batch.Add(request);
            return batch;
        }
    }

    private void Commit(List<WriteRequest> batch)
    {
        if (TryCommit(batch) is not { } error)
        {
            foreach (var request in batch) request.Settle();
        }
        else if (batch.Count == 1)
        {
            batch[0].Fail(error);
        }
        else
        {
            foreach (var request in batch) Commit([request]);
        }
    }

    private StoreException? TryCommit(List<WriteRequest> batch)
    {
        if (_fault is not null) return _fault;
        var totals = _rows.Totals;
        try
        {
            _rows.Run("BEGIN IMMEDIATE");
            foreach (var request in batch) Run(request);
            if (_rows.Totals != totals) SqliteTotals.Keep(_rows);
            _rows.Run("COMMIT");
            return null;
        }
        catch (SqliteException exception)
        {
            var error = SqliteErrors.Translate(_file, exception);
            if (SqliteErrors.IsFatal(exception)) _fault = error;
            RollBack();
            _rows.Totals = totals;
            return error;
        }
    }

    private void Run(WriteRequest request)
    {
        var totals = _rows.Totals;
        _rows.Run("SAVEPOINT change");
        if (!request.Run(_writer))
        {
            _rows.Run("ROLLBACK TO change");
            _rows.Totals = totals;
        }

        _rows.Run("RELEASE change");
    }

    private void RollBack()
    {
        // SQLite ends a transaction by itself after some errors, such as a full disk; another ROLLBACK would be an error then.
        if (raw.sqlite3_get_autocommit(_rows.Connection.Handle) != 0) return;
        try
        {
            _rows.Run("ROLLBACK");
        }
        catch (SqliteException exception)
        {
            _fault ??= SqliteErrors.Translate(_file, exception);
        }
    }
}
