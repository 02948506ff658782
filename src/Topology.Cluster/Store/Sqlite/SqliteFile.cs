using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Topology.Cluster;

/// <summary>The store's file: making it, checking it, taking it to the present version. All under the lock of its data directory.</summary>
internal static class SqliteFile
{
    public const string Name = "cluster.db";

    /// <summary>The endings of the file itself and of what SQLite keeps beside it, which is part of it.</summary>
    private static readonly string[] Parts = ["", "-wal", "-shm", "-journal"];

    /// <summary>Opens the file for writing, made if there is none, checked and at the schema's version.</summary>
    public static SqliteRows Open(string file, SqliteStoreOptions options)
    {
        try
        {
            Create(file, options);
            return OpenExisting(file, options);
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Translate(file, error);
        }
    }

    /// <summary>Checks the file as opening does, and changes nothing.</summary>
    public static void Check(string file, SqliteSchema schema, Action<SqliteRows> further)
    {
        if (!Parts.Any(part => File.Exists(file + part))) return;
        try
        {
            if (!File.Exists(file)) throw Missing(file);
            RequireWholePages(file);
            using var rows = new SqliteRows(SqliteConnections.OpenWriter(file));
            var version = VersionOf(rows.Connection, file, schema);
            Check(rows.Connection, file);
            // The rows of an older version are read once they are of this one.
            if (version != schema.Version) return;
            SqliteTotals.Verify(rows, file);
            further(rows);
        }
        catch (SqliteException error)
        {
            throw SqliteErrors.Translate(file, error);
        }
    }

    /// <summary>Moves a file and its companions to names that nothing has.</summary>
    /// <returns>The new path; null if there was nothing to move.</returns>
    public static string? SetAside(string file)
    {
        var present = Parts.Where(part => File.Exists(file + part)).ToArray();
        if (present.Length == 0) return null;
        var number = 1;
        while (Parts.Any(part => Path.Exists(Aside(file, number) + part))) number++;
        // After a crash in between, what is left is a log without a file, which is damage and never a new store.
        foreach (var part in present) File.Move(file + part, Aside(file, number) + part);
        NativeFile.FlushDirectory(Path.GetDirectoryName(file)!);
        return Aside(file, number);
    }

    /// <summary>Makes a whole, empty store under another name first: a file with the right name is one that was finished, so one of no length is damage and not a beginning.</summary>
    private static void Create(string file, SqliteStoreOptions options)
    {
        if (File.Exists(file)) return;
        if (Parts.Any(part => File.Exists(file + part))) throw Missing(file);
        var made = file + ".new";
        foreach (var part in Parts) File.Delete(made + part);
        // SQLite gives its log the rights of the file.
        using (new FileStream(made, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite })) { }
        using (var rows = new SqliteRows(SqliteConnections.OpenWriter(made)))
        {
            var connection = rows.Connection;
            SqliteConnections.Run(connection, $"PRAGMA page_size = {SqliteConnections.PageBytes}");
            SqliteConnections.Run(connection, $"PRAGMA application_id = {SqliteSchema.ApplicationId}");
            SqliteConnections.Trust(connection, options.MaxBytes);
            Migrate(connection, 0, options.Schema);
            var clusterId = options.NewClusterId ?? Guid.NewGuid().ToString("N");
            rows.Put(StoreTable.Metadata, ["cluster", clusterId]);
            SqliteTotals.Keep(rows);
        }

        NativeFile.Flush(made);
        File.Move(made, file);
        NativeFile.FlushDirectory(Path.GetDirectoryName(file)!);
    }

    private static StoreCorruptException Missing(string file) => new(file, $"it is missing, although {Path.GetFileName(file)}{Parts.First(part => File.Exists(file + part))} is there.");

    private static SqliteRows OpenExisting(string file, SqliteStoreOptions options)
    {
        RequireWholePages(file);
        var rows = new SqliteRows(SqliteConnections.OpenWriter(file));
        try
        {
            var connection = rows.Connection;
            var version = VersionOf(connection, file, options.Schema);
            Check(connection, file);
            // Before anything is changed, unless the rows cannot be read without that.
            if (version == options.Schema.Version) SqliteTotals.Verify(rows, file);
            SqliteConnections.Trust(connection, options.MaxBytes);
            Migrate(connection, version, options.Schema);
            if (version != options.Schema.Version) SqliteTotals.Verify(rows, file);
            return rows;
        }
        catch
        {
            rows.Dispose();
            throw;
        }
    }

    /// <summary>SQLite takes a file of a few bytes for a new one, and fills the last page with zeros where it is cut.</summary>
    private static void RequireWholePages(string file)
    {
        var length = new FileInfo(file).Length;
        if (length < SqliteConnections.PageBytes) throw new StoreCorruptException(file, $"it has {length} bytes, less than any store.");
        // A crash in the middle of a checkpoint can leave a part of a page, which is in the log as a whole.
        var log = new FileInfo(file + "-wal");
        if (length % SqliteConnections.PageBytes != 0 && (!log.Exists || log.Length == 0)) throw new StoreCorruptException(file, $"it has {length} bytes, which are no whole pages of {SqliteConnections.PageBytes}.");
    }

    private static int VersionOf(SqliteConnection connection, string file, SqliteSchema schema)
    {
        if (Number(connection, "PRAGMA application_id") != SqliteSchema.ApplicationId) throw new StoreVersionException($"{file} is not a store of Topology: another program made it. Name another data directory.");
        var version = Number(connection, "PRAGMA user_version");
        if (version > schema.Version)
            throw new StoreVersionException($"{file} has version {version}, and this program knows versions up to {schema.Version}: a newer Topology wrote it. Start that one again, or name another data directory.");
        return version >= 1 ? version : throw new StoreCorruptException(file, $"its version is {version}, which no finished file has.");
    }

    private static void Check(SqliteConnection connection, string file)
    {
        if (SqliteConnections.Run(connection, "PRAGMA quick_check(1)") is var found and not "ok") throw new StoreCorruptException(file, $"{found}.");
    }

    /// <summary>Takes a file up version by version, each in a transaction of its own that also says the version: a crash leaves one version or the other.</summary>
    private static void Migrate(SqliteConnection connection, int version, SqliteSchema schema)
    {
        for (var next = version; next < schema.Version; next++)
        {
            using var transaction = connection.BeginTransaction();
            foreach (var statement in schema.Migrations[next].Statements) SqliteConnections.Run(connection, transaction, statement);
            SqliteConnections.Run(connection, transaction, $"PRAGMA user_version = {next + 1}");
            transaction.Commit();
        }
    }

    private static int Number(SqliteConnection connection, string pragma) => Convert.ToInt32(SqliteConnections.Run(connection, pragma), CultureInfo.InvariantCulture);

    private static string Aside(string file, int number) => string.Create(CultureInfo.InvariantCulture, $"{file}.aside-{number}");
}
