namespace Topology.Cluster;

/// <summary>A supervisor: a host that keeps workers.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Slots">How many workers it can keep.</param>
/// <param name="UsedSlots">How many it keeps.</param>
/// <param name="HeardAt">When the master heard it last.</param>
/// <param name="IsLocal">Whether it lives in the daemon's own process.</param>
public sealed record SupervisorDescription(string Id, int Slots, int UsedSlots, DateTimeOffset HeardAt, bool IsLocal)
{
    /// <summary>The name of its host.</summary>
    public string Host { get; init; } = "";

    /// <summary>Whether it has joined once and is not there now: its lease has ended, or the daemon was restarted since it was heard.</summary>
    public bool IsAway { get; init; }
}
