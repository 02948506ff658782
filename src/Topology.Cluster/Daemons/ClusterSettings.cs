using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>The settings of a topology that are the cluster's: its <c>Build</c> does not know them.</summary>
internal static class ClusterSettings
{
    /// <summary><c>ipc</c> (the default) for sockets in a private folder, or <c>tcp</c> for TCP with CURVE: how workers of one host are linked. Those of different hosts are always linked by TCP with CURVE.</summary>
    public const string Links = "links.transport";

    private const string LinksPrefix = "links.";

    /// <summary>The settings that <c>Build</c> is given.</summary>
    public static ImmutableSortedDictionary<string, string> WithoutThem(ImmutableSortedDictionary<string, string> settings) =>
        settings.RemoveRange(settings.Keys.Where(IsOne));

    /// <summary>Whether links are encrypted.</summary>
    public static bool AreLinksEncrypted(IReadOnlyDictionary<string, string> settings) => settings.GetValueOrDefault(Links) == "tcp";

    /// <summary>Everything that is wrong with them, a line each.</summary>
    public static ImmutableArray<string> Check(IReadOnlyDictionary<string, string> settings) =>
    [
        .. RestartSettings.Check(settings),
        .. settings.Where(s => s.Key.StartsWith(LinksPrefix, StringComparison.Ordinal)).Select(s => Problem(s.Key, s.Value)).OfType<string>(),
    ];

    private static bool IsOne(string name) => name.StartsWith(RestartSettings.Prefix, StringComparison.Ordinal) || name.StartsWith(LinksPrefix, StringComparison.Ordinal);

    private static string? Problem(string name, string value) => (name, value) switch
    {
        (Links, "ipc" or "tcp") => null,
        (Links, _) => $"Setting '{Links}' is '{value}', but should be ipc or tcp.",
        _ => $"There is no setting '{name}': {Spelling.Hint(name, [Links], "there is")}",
    };
}
