using System.Collections.Immutable;

namespace Topology.Engine;

/// <summary>Which executors of a topology run in which of its workers, and which worker this is.</summary>
/// <param name="Self">This worker's number, from 0.</param>
/// <param name="Workers">How many workers there are.</param>
/// <param name="WorkerOfExecutor">
/// The worker of each executor: those of the components in the order of the plan, then the ackers. A worker with a spout whose trees are tracked has an acker too,
/// since an acker tells its spouts directly.
/// </param>
internal sealed record WorkerShare(int Self, int Workers, ImmutableArray<int> WorkerOfExecutor)
{
    /// <summary>Whether an executor runs here.</summary>
    public bool Has(int executor) => WorkerOfExecutor[executor] == Self;
}
