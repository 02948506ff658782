namespace Topology.Cluster;

/// <summary>Where a supervisor is with a worker.</summary>
internal enum SupervisedPhase
{
    /// <summary>Its process is being started, until the system says that it is or cannot be.</summary>
    Starting,

    /// <summary>It runs and is watched, until it ends.</summary>
    Running,

    /// <summary>It is being killed, until it is seen dead.</summary>
    Killing,
}
