using System.Text.Json;

namespace Topology.Cluster;

/// <summary>What a supervisor of another host knows of its cluster once it has joined: the file <c>supervisor.json</c> of its data directory, beside <c>supervisor.key</c>.</summary>
/// <param name="Cluster">The cluster's id.</param>
/// <param name="Supervisor">What it is called there.</param>
/// <param name="Endpoint">Where the daemon listens.</param>
/// <param name="DaemonKey">The daemon's public key, as 64 lower-case hexadecimal digits.</param>
/// <param name="Lease">How long its workers may live after the daemon has heard it last.</param>
/// <param name="KillBefore">How long before that it begins to kill them.</param>
/// <param name="WorkerGrace">How long they live without it.</param>
public sealed record Membership(string Cluster, string Supervisor, string Endpoint, string DaemonKey, TimeSpan Lease, TimeSpan KillBefore, TimeSpan WorkerGrace)
{
    private const string Name = "supervisor.json";
    private const string KeyName = "supervisor.key";

    /// <summary>Whether a data directory belongs to a supervisor that has joined.</summary>
    public static bool IsIn(string dataDirectory) => File.Exists(Path.Combine(dataDirectory, Name));

    /// <summary>The membership of a data directory; null where it has none.</summary>
    /// <exception cref="TopologyException">There is one that cannot be read.</exception>
    public static Membership? Read(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, Name);
        if (!File.Exists(path)) return null;
        try
        {
            var membership = JsonSerializer.Deserialize<Membership>(File.ReadAllBytes(path)) ?? throw new JsonException("It is empty.");
            _ = membership.Times();
            return membership;
        }
        catch (Exception error) when (error is JsonException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new TopologyException($"{path} cannot be read: {error.Message} Delete it and join with a new token.");
        }
    }

    /// <summary>The file with the supervisor's own key.</summary>
    internal static string KeyIn(string dataDirectory) => Path.Combine(dataDirectory, KeyName);

    internal void Write(DataDirectory directory) => PrivateFile.Write(Path.Combine(directory.FullPath, Name), JsonSerializer.SerializeToUtf8Bytes(this));

    internal LeaseTimes Times() => new(Lease, KillBefore, WorkerGrace);
}
