namespace Topology.Cluster;

/// <summary>The times and numbers by which a master decides.</summary>
internal sealed record MasterOptions
{
    /// <summary>How long a worker may take from its start until it announces itself, and from being deployed until it is ready, before it counts as lost.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How long a worker may be silent before it counts as lost. It reports every second.</summary>
    public TimeSpan SilentAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>After how long an order without effect is given again.</summary>
    public TimeSpan RepeatAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a worker that is done may take to end by itself before it is killed.</summary>
    public TimeSpan EndTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the master looks at its clock when nothing else is due.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many topologies that have ended are kept, for people to look at. The oldest go first.</summary>
    public int EndedKept { get; init; } = StoreLimits.EndedTopologies;

    /// <summary>The times that master, supervisors and workers of a cluster share.</summary>
    public LeaseTimes Lease { get; init; } = LeaseTimes.Default;

    /// <summary>Whether a replacement waits until its predecessor is seen dead. False only to show that a test notices.</summary>
    public bool SeesDeathFirst { get; init; } = true;
}
