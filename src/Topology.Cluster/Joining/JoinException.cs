namespace Topology.Cluster;

/// <summary>A supervisor did not join a cluster.</summary>
public sealed class JoinException(JoinProblem problem, string message) : TopologyException(message)
{
    /// <summary>Why.</summary>
    public JoinProblem Problem { get; } = problem;
}
