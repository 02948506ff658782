using System.Collections.Immutable;
using Topology.Engine;

namespace Topology.Cluster;

/// <summary>A topology running in a <see cref="LocalCluster"/>. All members may be used from any thread.</summary>
public sealed class LocalRun : IAsyncDisposable
{
    internal LocalRun(TopologyPlan plan) => Plan = plan;

    /// <summary>What runs.</summary>
    public TopologyPlan Plan { get; }

    /// <summary>Where the run is in its life.</summary>
    public RunState State => throw new NotSupportedException();

    /// <summary>Ends with the run: when the spouts are exhausted and all trees done, when it is stopped, or when it fails. Never faults.</summary>
    public Task<RunResult> Completion => throw new NotSupportedException();

    /// <summary>A reading of the counters now.</summary>
    public TopologyMetrics Metrics => throw new NotSupportedException();

    /// <summary>The errors recorded so far, oldest first.</summary>
    public ImmutableArray<ErrorReport> Errors => throw new NotSupportedException();

    /// <summary>Has the spouts asked for tuples again. No effect on a run that is active or ended.</summary>
    public void Activate() => throw new NotSupportedException();

    /// <summary>Stops asking the spouts; bolts work off what is there.</summary>
    public void Deactivate() => throw new NotSupportedException();

    /// <summary>Ends the spouts, works off what is there, finishes the bolts, and ends the run.</summary>
    /// <param name="drain">How long that may take before the rest is dropped and counted; null for the topology's drain timeout.</param>
    public Task<RunResult> StopAsync(TimeSpan? drain = null) => throw new NotSupportedException();

    /// <summary>Stops without draining.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
