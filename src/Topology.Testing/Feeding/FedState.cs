namespace Topology.Testing;

/// <summary>Where a <see cref="FedTuple"/> is in its life.</summary>
public enum FedState
{
    /// <summary>It was fed, and no spout has emitted it yet.</summary>
    Waiting,

    /// <summary>It was emitted, and its tree has not ended.</summary>
    Pending,

    /// <summary>Its tree is complete. For good.</summary>
    Acked,

    /// <summary>Its tree failed or timed out. For good: it is not emitted again.</summary>
    Failed,
}
