namespace Topology.Cli;

/// <summary>States of topologies, as a cluster says them.</summary>
internal static class States
{
    public const string Active = "active";
    public const string Inactive = "inactive";
    public const string Submitted = "submitted";
    public const string Killed = "killed";
    public const string Failed = "failed";
    public const string Completed = "completed";

    /// <summary>Whether nothing follows any more.</summary>
    public static bool IsEnded(string state) => state is Killed or Failed or Completed;
}
