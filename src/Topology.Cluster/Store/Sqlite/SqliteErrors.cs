using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Topology.Cluster;

/// <summary>SQLite's errors in our words.</summary>
internal static class SqliteErrors
{
    /// <summary>Whether the file cannot be trusted after it, as far as this process knows: after a failed fsync nobody can tell what has reached the disk.</summary>
    public static bool IsFatal(SqliteException error) =>
        error.SqliteErrorCode is raw.SQLITE_IOERR or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY;

    public static StoreException Translate(string file, SqliteException error) => error.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => new StoreFullException($"There is no room for the store {file}: free some on its disk, remove ended topologies, or allow it more bytes. Nothing was changed.", error),
        raw.SQLITE_CORRUPT => new StoreCorruptException(file, $"{error.Message}", error),
        raw.SQLITE_NOTADB => new StoreCorruptException(file, "it is no SQLite file, or its first page was overwritten.", error),
        raw.SQLITE_IOERR => new StoreException($"The disk of {file} failed ({error.Message}). Check the disk, then start again.", error),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new StoreException($"Another process uses {file}, which only its daemon may open: end it, then try again.", error),
        raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_READONLY => new StoreException($"{file} cannot be opened for writing ({error.Message}). Check who owns it.", error),
        _ => new StoreException($"The store {file} cannot do this: {error.Message}", error),
    };
}
