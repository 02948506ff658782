using Topology.Cluster;

namespace Topology.Web;

/// <summary>Where the API is, as both sides see it.</summary>
internal static class ApiPaths
{
    public const string Root = "/api/v1";
    public const string Info = Root + "/info";
    public const string Topologies = Root + "/topologies";
    public const string Supervisors = Root + "/supervisors";
    public const string JoinTokens = Root + "/join-tokens";
    public const string Uploads = Root + "/uploads";
    public const string Drain = Root + "/drain";
    public const string Resume = Root + "/resume";
    public const string Stop = Root + "/stop";

    public const string LogType = "application/x-ndjson";

    /// <summary>The path of a topology, whatever its name holds.</summary>
    /// <returns>Null for a name that no path can hold: an empty one, those of one or two points, and one with NUL in it; or that is longer than any that is kept.</returns>
    public static string? Of(string topology) => Within(Topologies, topology);

    /// <summary>The path by which a supervisor is forgotten.</summary>
    /// <returns>Null for what no supervisor is called, as <see cref="Of"/> says of topologies.</returns>
    public static string? Forget(string supervisor) => Within(Supervisors, supervisor) is { } path ? path + "/forget" : null;

    /// <summary>
    /// The topology that a request's target names. It is read from the target as it was sent: decoded by the server, a slash within a name (<c>%2F</c>) could not be told from the text <c>%2F</c>.
    /// </summary>
    /// <returns>Null if the target says it in another way than <see cref="Of"/>.</returns>
    public static string? TopologyIn(string target)
    {
        const string Before = Topologies + "/";
        if (!target.StartsWith(Before, StringComparison.OrdinalIgnoreCase)) return null;
        var rest = target.AsSpan(Before.Length);
        var end = rest.IndexOfAny('/', '?');
        return Uri.UnescapeDataString(end < 0 ? rest : rest[..end]);
    }

    private static string? Within(string root, string name) =>
        name is "" or "." or ".." || name.Length > StoreLimits.IdLength || name.Contains('\0', StringComparison.Ordinal) ? null : $"{root}/{Uri.EscapeDataString(name)}";
}
