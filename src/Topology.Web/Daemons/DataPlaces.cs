using Topology.Cluster;

namespace Topology.Web;

/// <summary>Where a daemon keeps everything when nobody says otherwise.</summary>
public static class DataPlaces
{
    /// <summary>The variable that names the data directory.</summary>
    public const string Variable = "TOPOLOGY_HOME";

    /// <summary>The data directory's full path: <c>$TOPOLOGY_HOME</c>, else <c>$XDG_STATE_HOME/topology</c>, else <c>~/.local/state/topology</c>. It is not made here.</summary>
    /// <exception cref="ClusterException">The user has no home, and no variable names a directory.</exception>
    public static string Default => In(Environment.GetEnvironmentVariable, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify));

    internal static string In(Func<string, string?> variable, string home)
    {
        if (variable(Variable) is { Length: > 0 } own) return Path.GetFullPath(own);
        // The specification has relative paths in it ignored.
        if (variable("XDG_STATE_HOME") is { } state && Path.IsPathFullyQualified(state)) return Path.Combine(state, "topology");
        if (Path.IsPathFullyQualified(home)) return Path.Combine(home, ".local", "state", "topology");
        throw new ClusterException(ClusterProblem.Failed, $"There is no home directory to keep a cluster's data in: name a directory by --data or ${Variable}.");
    }
}
