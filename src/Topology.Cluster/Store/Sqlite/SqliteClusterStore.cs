using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Topology.Cluster;

/// <summary>
/// A store in one SQLite file, <c>cluster.db</c>, of a data directory. An answered change is in the write-ahead log and fsynced (<c>synchronous=FULL</c>): it survives the end of this process at any moment
/// and, where the disk keeps its word, a power cut. A change that was not answered is there whole or not at all. Changes that wait together share one fsync.
/// A damaged value is found by its row's sum and quarantined; a damaged page, and a row that is missing, at opening. Damage to the log that looks like an unfinished last write is taken for one: what was logged from there on is gone.
/// All members may be used from any thread.
/// </summary>
public sealed class SqliteClusterStore : IClusterStore
{
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;
    private readonly ReaderWriterLockSlim _life = new(LockRecursionPolicy.SupportsRecursion);
    private bool _disposed;

    private SqliteClusterStore(string file, SqliteRows writer, string clusterId)
    {
        File = file;
        ClusterId = clusterId;
        _writer = new SqliteWriter(file, writer);
        _readers = new SqliteReaders(file);
    }

    /// <inheritdoc/>
    public string ClusterId { get; }

    /// <summary>The file's full path.</summary>
    public string File { get; }

    /// <summary>The version of SQLite in use.</summary>
    public static string SqliteVersion
    {
        get
        {
            Batteries_V2.Init();
            return raw.sqlite3_libversion().utf8_to_string();
        }
    }

    /// <summary>Opens the store of a data directory, or makes one. A file of an older version is taken to the present one, version by version. Reads the whole file once, to check it.</summary>
    /// <param name="directory">The directory, which is to be held for as long as the store is open.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="StoreCorruptException">The file is damaged. It was left as it is.</exception>
    /// <exception cref="StoreVersionException">A newer version or another program wrote the file. It was left as it is.</exception>
    /// <exception cref="StoreFullException">There is no room.</exception>
    /// <exception cref="StoreException">The disk failed, or the file cannot be opened.</exception>
    public static SqliteClusterStore Open(DataDirectory directory, SqliteStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(directory);
        options ??= new SqliteStoreOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxBytes, 1 << 20);
        if (options.NewClusterId is { } id) StoreText.RequireId(id, "cluster's id");
        var file = Path.Combine(directory.FullPath, SqliteFile.Name);
        var rows = SqliteFile.Open(file, options);
        try
        {
            return new SqliteClusterStore(file, rows, ClusterIdIn(file, rows));
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    /// <summary>Reads the store of a data directory once and checks it, as <see cref="Open"/> does, and changes nothing. No effect where there is none.</summary>
    /// <param name="directory">The directory.</param>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static void Check(DataDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var file = Path.Combine(directory.FullPath, SqliteFile.Name);
        SqliteFile.Check(file, SqliteSchema.Product, rows => ClusterIdIn(file, rows));
    }

    /// <summary>Moves the store of a data directory beside its place, to <c>cluster.db.aside-1</c> or the next number that is free: the next <see cref="Open"/> makes an empty one.</summary>
    /// <param name="directory">The directory.</param>
    /// <returns>Where it is now; null if there was none.</returns>
    /// <exception cref="IOException">It cannot be moved.</exception>
    public static string? SetAside(DataDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        return SqliteFile.SetAside(Path.Combine(directory.FullPath, SqliteFile.Name));
    }

    /// <summary>Opens a new, empty store where a file is damaged or of no use. What is there is moved beside it, to <c>cluster.db.aside-1</c> or the next number that is free, and never deleted.</summary>
    /// <param name="directory">The directory.</param>
    /// <param name="keptAs">Where the old file is now; null if there was none.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <inheritdoc cref="Open" path="/exception"/>
    public static SqliteClusterStore StartFresh(DataDirectory directory, out string? keptAs, SqliteStoreOptions? options = null)
    {
        keptAs = SetAside(directory);
        return Open(directory, options);
    }

    /// <inheritdoc/>
    public Task<T> WriteAsync<T>(Func<IStoreWriter, T> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var request = new WriteRequestOf<T>(change);
        _writer.Post(request);
        return request.Answer;
    }

    /// <inheritdoc/>
    public T Read<T>(Func<IStoreReader, T> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        return WithReader(rows =>
        {
            // The snapshot begins with the first read inside the transaction, after which writers do not show.
            rows.Run("BEGIN");
            try
            {
                return read(new StoreReader(rows));
            }
            finally
            {
                rows.Run("ROLLBACK");
            }
        });
    }

    /// <summary>Copies the store as of one moment, while it is in use, to a file that does not exist yet. When this returns the copy is on disk, whole; when it throws there is no such file.
    /// To restore it, put it in the place of <c>cluster.db</c>, with no <c>-wal</c> beside it, while no daemon runs.</summary>
    /// <param name="path">The file to make, in a directory that exists. Its rights are 0600.</param>
    /// <exception cref="StoreException">The file exists, or cannot be written.</exception>
    public void BackUp(string path) => WithReader(rows =>
    {
        SqliteBackup.Copy(rows.Connection, Path.GetFullPath(path));
        return true;
    });

    /// <summary>Makes the changes that wait, waits for reads to end, and closes the file.</summary>
    public void Dispose()
    {
        _life.EnterWriteLock();
        try
        {
            if (_disposed) return;
            _disposed = true;
            // Readers first: the last connection to close tidies up, and that has to be the writer.
            _readers.Dispose();
            _writer.Dispose();
        }
        finally
        {
            _life.ExitWriteLock();
        }
    }

    private static string ClusterIdIn(string file, SqliteRows rows)
    {
        var row = rows.Find(StoreTable.Metadata, "cluster");
        return row is { Damage: null } ? row.Text(1) : throw new StoreCorruptException(file, "it does not say which cluster it belongs to.");
    }

    private T WithReader<T>(Func<SqliteRows, T> use)
    {
        _life.EnterReadLock();
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return UseReader(use);
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Translate(File, error);
        }
        finally
        {
            _life.ExitReadLock();
        }
    }

    private T UseReader<T>(Func<SqliteRows, T> use)
    {
        var rows = _readers.Rent();
        var isSound = true;
        try
        {
            return use(rows);
        }
        catch (SqliteException)
        {
            isSound = false;
            throw;
        }
        finally
        {
            if (isSound) _readers.Return(rows);
            else rows.Dispose();
        }
    }
}
