using System.Text.Json;
using Topology.Cluster;

namespace Topology.Web;

/// <summary>The file <c>daemon.json</c> of a data directory: where its daemon listens, for as long as it does.</summary>
public static class DaemonFile
{
    private const string Name = "daemon.json";

    /// <summary>The file of a data directory.</summary>
    public static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, Name);

    /// <summary>Says where this daemon listens. For who holds the directory, once it listens.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(DataDirectory directory, DaemonAddress daemon)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(daemon);
        var record = new DaemonRecord(daemon.Url.ToString(), daemon.Process.Id, daemon.Process.ToString(), daemon.Version);
        PrivateFile.Write(PathIn(directory.FullPath), JsonSerializer.SerializeToUtf8Bytes(record, ApiJson.Default.DaemonRecord));
    }

    /// <summary>Takes back what <see cref="Write"/> said. For who holds the directory.</summary>
    public static void Delete(DataDirectory directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        File.Delete(PathIn(directory.FullPath));
    }

    /// <summary>The daemon of a data directory.</summary>
    /// <returns>Null if none runs: there is no file, it is not one of ours, or it is left from a daemon whose process is gone.</returns>
    /// <remarks>A program that has taken the address of a dead daemon is not asked for anything, and gets no token.</remarks>
    public static DaemonAddress? Read(string dataDirectory) => ReadLast(dataDirectory) is { IsLiving: true } daemon ? daemon : null;

    /// <summary>As <see cref="Read"/>, be it left from a daemon that is dead: for people who ask what became of it.</summary>
    public static DaemonAddress? ReadLast(string dataDirectory)
    {
        try
        {
            var record = JsonSerializer.Deserialize(File.ReadAllBytes(PathIn(dataDirectory)), ApiJson.Default.DaemonRecord);
            return record is not null && ProcessIdentity.TryParse(record.Process, out var process) && Uri.TryCreate(record.Url, UriKind.Absolute, out var url)
                ? new(url, process, record.Version)
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
