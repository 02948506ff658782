namespace Topology.Web;

/// <summary>What a daemon's process ends with.</summary>
public static class DaemonExit
{
    /// <summary>It was told to end, and did.</summary>
    public const int Ended = 0;

    /// <summary>It could not start, or failed; it has said why.</summary>
    public const int Failed = 1;

    /// <summary>Another daemon has the data directory. Who wanted one may use that.</summary>
    public const int InUse = 4;
}
