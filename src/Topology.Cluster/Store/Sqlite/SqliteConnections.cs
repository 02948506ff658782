using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Topology.Cluster;

/// <summary>
/// Opens connections. SQLite before 3.51.3 can damage a file in write-ahead mode when two connections write or checkpoint at the same moment (https://sqlite.org/wal.html#walresetbug):
/// so one connection does all writing and all checkpoints, and the others are read-only and never checkpoint.
/// </summary>
internal static class SqliteConnections
{
    /// <summary>Bytes of a page.</summary>
    public const int PageBytes = 4_096;

    private const int BusyTimeoutMilliseconds = 5_000;

    // SQLite keeps a log that has grown while a long read held it back; this much of it, 16 MiB, stays after the next checkpoint.
    private const int LogBytes = 16 << 20;

    static SqliteConnections() => Batteries_V2.Init();

    /// <summary>Opens a file that exists for writing, without a checkpoint at closing until <see cref="Trust"/>: what may be damaged stays as it is.</summary>
    public static SqliteConnection OpenWriter(string file)
    {
        var connection = Open(file, SqliteOpenMode.ReadWrite);
        Configure(connection, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1);
        return connection;
    }

    /// <summary>Makes a connection the writer, after what is in the file was found to be sound.</summary>
    public static void Trust(SqliteConnection connection, long maxBytes)
    {
        Configure(connection, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0);
        Run(connection, "PRAGMA journal_mode = WAL");
        Run(connection, "PRAGMA synchronous = FULL");
        // Counted in pages: 4 MiB.
        Run(connection, "PRAGMA wal_autocheckpoint = 1024");
        Run(connection, $"PRAGMA journal_size_limit = {LogBytes}");
        Run(connection, $"PRAGMA max_page_count = {maxBytes / PageBytes}");
    }

    /// <summary>Opens a file for reading beside the writer.</summary>
    public static SqliteConnection OpenReader(string file)
    {
        var connection = Open(file, SqliteOpenMode.ReadOnly);
        Configure(connection, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1);
        Run(connection, "PRAGMA wal_autocheckpoint = 0");
        Run(connection, "PRAGMA query_only = ON");
        return connection;
    }

    /// <summary>Runs a statement and answers the first value of the first row, null if there is none.</summary>
    public static object? Run(SqliteConnection connection, string statement) => Run(connection, null, statement);

    /// <inheritdoc cref="Run(SqliteConnection, string)"/>
    public static object? Run(SqliteConnection connection, SqliteTransaction? transaction, string statement)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = statement;
        return command.ExecuteScalar();
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, ForeignKeys = true, DefaultTimeout = BusyTimeoutMilliseconds / 1_000 };
        var connection = new SqliteConnection(text.ToString());
        try
        {
            connection.Open();
            Configure(connection, raw.SQLITE_DBCONFIG_DEFENSIVE, 1);
            Run(connection, "PRAGMA trusted_schema = OFF");
            Run(connection, "PRAGMA cell_size_check = ON");
            Run(connection, $"PRAGMA busy_timeout = {BusyTimeoutMilliseconds}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Configure(SqliteConnection connection, int option, int value)
    {
        var result = raw.sqlite3_db_config(connection.Handle, option, value, out var now);
        if (result != raw.SQLITE_OK || now != value) throw new StoreException($"SQLite {raw.sqlite3_libversion().utf8_to_string()} does not take option {option}.");
    }
}
