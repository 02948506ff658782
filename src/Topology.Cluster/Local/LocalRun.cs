using System.Collections.Immutable;
using Topology.Engine;

namespace Topology.Cluster;

/// <summary>A topology running in a <see cref="LocalCluster"/>. All members may be used from any thread.</summary>
public sealed class LocalRun : IAsyncDisposable
{
    internal LocalRun(Worker worker) => Worker = worker;

    internal Worker Worker { get; }

    /// <summary>What runs.</summary>
    public TopologyPlan Plan => Worker.Plan;

    /// <summary>Where the run is in its life.</summary>
    public RunState State => Worker.Coordinator.State;

    /// <summary>Ends with the run: when the spouts are exhausted and all trees done, when it is stopped, or when it fails. Never faults.</summary>
    public Task<RunResult> Completion => Worker.Coordinator.Completion;

    /// <summary>A reading of the counters now.</summary>
    public TopologyMetrics Metrics => MetricsReader.Read(Worker);

    /// <summary>The errors recorded so far, oldest first.</summary>
    public ImmutableArray<ErrorReport> Errors => Worker.Errors.Reports;

    /// <summary>Has the spouts asked for tuples again. No effect on a run that is active or ended.</summary>
    public void Activate() => Tell(coordinator => coordinator.SetActive(true));

    /// <summary>Stops asking the spouts; bolts work off what is there.</summary>
    public void Deactivate() => Tell(coordinator => coordinator.SetActive(false));

    /// <summary>Ends the spouts, works off what is there, finishes the bolts, and ends the run.</summary>
    /// <param name="drain">How long that may take before the rest is dropped and counted; null for the topology's drain timeout.</param>
    public Task<RunResult> StopAsync(TimeSpan? drain = null)
    {
        Tell(coordinator => coordinator.RequestStop(drain ?? Plan.Options.DrainTimeout));
        return Completion;
    }

    /// <summary>Stops without draining.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.Zero).ConfigureAwait(false);

    internal void Start(bool active)
    {
        if (active) Worker.Coordinator.SetActive(true);
        Worker.Start();
    }

    private void Tell(Action<RunCoordinator> action)
    {
        action(Worker.Coordinator);
        Worker.Watchdog.Signal();
    }
}
