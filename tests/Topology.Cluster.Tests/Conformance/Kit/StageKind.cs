namespace Topology.Cluster.Tests.Conformance;

/// <summary>What a <see cref="Stage"/> runs its topology on.</summary>
public enum StageKind
{
    /// <summary>A local cluster with one event loop, on its own thread.</summary>
    OneLoop,

    /// <summary>A local cluster with two event loops.</summary>
    TwoLoops,

    /// <summary>A simulated cluster, on the test's thread, with turns in an order that a seed chooses.</summary>
    Simulated,
}
