namespace Topology.Cluster;

/// <summary>The cluster did not answer as it should.</summary>
public sealed class ClusterException(ClusterProblem problem, string message, Exception? inner = null) : TopologyException(message, inner)
{
    /// <summary>What kind of problem it is.</summary>
    public ClusterProblem Problem { get; } = problem;
}
