using System.Net.Sockets;
using Topology.Messaging;

namespace Topology.Cli;

/// <summary>Whether the folder of the sockets of workers is this user's alone, and what of it belongs to nobody any more.</summary>
internal static class RuntimeDirectoryCheck
{
    private const string Name = "runtime directory";
    private const int TopologyDigits = 8;
    private const int IncarnationDigits = 16;

    // A worker makes its folder just before its sockets.
    private static readonly TimeSpan TimeToBind = TimeSpan.FromMinutes(1);

    public static IEnumerable<Finding> Look(CommandContext context)
    {
        var path = IpcDirectory.Choose(context.Variable("XDG_RUNTIME_DIR"), "/tmp");
        if (!Path.Exists(path)) return [new Finding(Name, FindingKind.Ok, $"{path} is not there yet; the first worker makes it")];
        try
        {
            IpcDirectory.RequirePrivate(path, PathOwner.OfFolder(path), PathOwner.Me);
        }
        catch (NetMQException exception)
        {
            return [new Finding(Name, FindingKind.Problem, exception.Message)];
        }

        return [new Finding(Name, FindingKind.Ok, $"{path}, of this user alone"), .. Leftovers(path, context.Time.GetUtcNow())];
    }

    private static IEnumerable<Finding> Leftovers(string path, DateTimeOffset now) => Directory.EnumerateDirectories(path)
        .Where(topology => IsHex(topology, TopologyDigits))
        .SelectMany(Directory.EnumerateDirectories)
        .Where(worker => IsHex(worker, IncarnationDigits) && IsLeft(worker, now))
        .Select(worker => new Finding("sockets", FindingKind.Problem, $"{worker} is of a worker that is dead", "topology doctor --fix") { Fix = () => Remove(worker) });

    private static bool IsHex(string path, int digits) => Path.GetFileName(path) is var name && name.Length == digits && name.All(char.IsAsciiHexDigitLower);

    private static bool IsLeft(string worker, DateTimeOffset now)
    {
        var sockets = Directory.GetFiles(worker);
        return sockets.Length == 0 ? now - Directory.GetLastWriteTimeUtc(worker) > TimeToBind : sockets.All(IsRefused);
    }

    /// <summary>Whether nobody listens: only then is a connection refused, whoever the listener is, and wherever.</summary>
    private static bool IsRefused(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return false;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode == SocketError.ConnectionRefused;
        }
    }

    private static string? Remove(string worker)
    {
        Directory.Delete(worker, recursive: true);
        var topology = Path.GetDirectoryName(worker)!;
        if (!Directory.EnumerateFileSystemEntries(topology).Any()) Directory.Delete(topology);
        return null;
    }
}
