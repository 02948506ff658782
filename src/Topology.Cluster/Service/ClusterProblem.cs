namespace Topology.Cluster;

/// <summary>Why a cluster did not answer as it should.</summary>
public enum ClusterProblem
{
    /// <summary>No daemon answers at the address.</summary>
    Unreachable,

    /// <summary>The daemon does not take the token, or there is none.</summary>
    Unauthorized,

    /// <summary>The daemon failed: its store is full or broken, or it is ending.</summary>
    Failed,
}
