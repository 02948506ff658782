using System.Security.Cryptography;
using System.Text;
using Topology.Messaging;

namespace Topology.Cluster;

/// <summary>The folder of a user's sockets, and where in it a cluster's daemon listens.</summary>
public static class SocketFolder
{
    private const string Scheme = "ipc://";

    /// <summary>The usual folder, made if it is not there: <c>$XDG_RUNTIME_DIR/topology</c>, or <c>/tmp/topology-&lt;uid&gt;</c>.</summary>
    /// <exception cref="TopologyException">It is another user's, or open to others.</exception>
    public static string Default => IpcDirectory.Open().Path;

    /// <summary>Where a cluster's daemon listens. The same after each restart, so that workers find it again; no two clusters have the same.</summary>
    internal static string ControlEndpoint(string folder, string cluster)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(cluster)).AsSpan(0, 6));
        return IpcDirectory.Open(folder).Subfolder("d-" + hash).Endpoint("control");
    }

    /// <summary>Whether a socket is where it listens; always, where that is no path.</summary>
    internal static bool Holds(string endpoint) => !endpoint.StartsWith(Scheme, StringComparison.Ordinal) || File.Exists(endpoint[Scheme.Length..]);

    /// <summary>Takes away what a daemon's channel leaves behind, once it has ended.</summary>
    internal static void RemoveControl(string endpoint)
    {
        var path = endpoint[Scheme.Length..];
        try
        {
            File.Delete(path);
            Directory.Delete(Path.GetDirectoryName(path)!);
        }
        catch (IOException)
        {
            // Somebody else takes it away at this moment.
        }
    }
}
