using System.Collections.Immutable;

namespace Topology.Engine;

/// <summary>How a run ended.</summary>
/// <param name="State"><see cref="RunState.Completed"/>, <see cref="RunState.Stopped"/> or <see cref="RunState.Failed"/>.</param>
/// <param name="Metrics">The counters at the end.</param>
/// <param name="Errors">The errors recorded, oldest first.</param>
/// <param name="Failure">Why the run failed; null otherwise.</param>
/// <param name="Dropped">Tuples that were still on their way when a drain ran out of time.</param>
public sealed record RunResult(RunState State, TopologyMetrics Metrics, ImmutableArray<ErrorReport> Errors, Exception? Failure, long Dropped)
{
    /// <summary>
    /// True when the run did not fail, dropped nothing, and no record was given up without a consumer of dead letters. A position of a spout that could not be written is an error, but
    /// no loss: a later start reads more again than it had to.
    /// </summary>
    public bool IsLossless => State != RunState.Failed && Dropped == 0 && Metrics.Lost == 0;
}
