using Microsoft.Data.Sqlite;

namespace Topology.Cluster;

/// <summary>Copies a database that is in use.</summary>
internal static class SqliteBackup
{
    /// <summary>Copies what a connection sees to a new file: written under another name, fsynced, then named.</summary>
    public static void Copy(SqliteConnection source, string path)
    {
        if (Path.Exists(path)) throw new StoreException($"{path} exists already: a backup overwrites nothing. Name another file.");
        var unfinished = path + ".unfinished";
        try
        {
            using (new FileStream(unfinished, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite })) { }
            using (var target = SqliteConnections.OpenWriter(unfinished)) source.BackupDatabase(target);
            NativeFile.Flush(unfinished);
            File.Move(unfinished, path);
            NativeFile.FlushDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The backup {path} cannot be written: {error.Message}", error);
        }
        finally
        {
            if (File.Exists(unfinished)) File.Delete(unfinished);
        }
    }
}
