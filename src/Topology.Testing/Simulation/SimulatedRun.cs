using System.Collections.Immutable;
using Topology.Engine;

namespace Topology.Testing;

/// <summary>A topology in a <see cref="SimulatedCluster"/>. To be used on one thread, as its cluster.</summary>
public sealed class SimulatedRun
{
    private readonly SimulatedCluster _cluster;
    private readonly long _start;
    private long _treesWaitedFor;

    internal SimulatedRun(SimulatedCluster cluster, TopologyPlan plan, SimulationOptions options, ulong seed)
    {
        _cluster = cluster;
        _start = cluster.Time.GetTimestamp();
        Worker = new Worker(plan, new WorkerOptions
        {
            Time = cluster.Time,
            Seed = seed,
            Loggers = options.Loggers,
            IsSimulated = true,
            Observer = options.ObservesTuples ? Observed.ObserverOf : null,
            Positions = options.Positions ?? new MemoryPositionStore(),
        });
        Worker.Start();
    }

    /// <summary>What runs.</summary>
    public TopologyPlan Plan => Worker.Plan;

    /// <summary>Where the run is in its life.</summary>
    public RunState State => Worker.Coordinator.State;

    /// <summary>How the run ended; null until it has.</summary>
    public RunResult? Result => HasEnded ? Worker.Coordinator.Completion.Result : null;

    /// <summary>A reading of the counters now.</summary>
    public TopologyMetrics Metrics => MetricsReader.Read(Worker);

    /// <summary>The errors recorded so far, oldest first.</summary>
    public ImmutableArray<ErrorReport> Errors => Worker.Errors.Reports;

    internal Worker Worker { get; }

    /// <summary>What is emitted; nothing, where tuples are not observed.</summary>
    internal TupleRecord Observed { get; } = new();

    internal bool HasEnded => Worker.Coordinator.Completion.IsCompleted;

    private long TreesEnded => Worker.Spouts.Sum(s => s.Tasks.Sum(t => t.Counters.Acked + t.Counters.Failed.Sum()));

    /// <summary>Has the spouts asked for tuples again, from the next step on. No effect on a run that is active or ended.</summary>
    public void Activate() => Worker.Coordinator.SetActive(true);

    /// <summary>Stops asking the spouts, from the next step on; bolts work off what is there.</summary>
    public void Deactivate() => Worker.Coordinator.SetActive(false);

    /// <summary>Ends the spouts, works off what is there, finishes the bolts, and ends the run: all in the steps that follow.</summary>
    /// <param name="drain">How long that may take before the rest is dropped and counted; null for the topology's drain timeout.</param>
    public void RequestStop(TimeSpan? drain = null) => Worker.Coordinator.RequestStop(drain ?? Plan.Options.DrainTimeout);

    /// <summary>Gives a component's executors no turns for a while, as though its code blocked; what they have to do waits.</summary>
    /// <param name="component">The component.</param>
    /// <param name="span">How long, from now.</param>
    /// <param name="executor">Which of its executors, from 0; null for all.</param>
    public void Stall(string component, TimeSpan span, int? executor = null)
    {
        var executors = Worker.Executors.Where(e => e.Component == Plan[component].Id).ToArray();
        foreach (var stalled in executor is { } one ? [executors[one]] : executors) _cluster.Scheduler.Stall(stalled, span);
    }

    /// <summary>Runs until so many more trees have ended than at the last call, acked or failed, and none is pending.</summary>
    /// <param name="trees">How many; at least 0.</param>
    /// <param name="within">How long that may take on the cluster's clock; null for an hour.</param>
    /// <exception cref="TestFailureException">Not so many have ended by then, or nothing is left to be done.</exception>
    public void WaitForTrees(int trees, TimeSpan? within = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trees);
        var target = _treesWaitedFor + trees;
        _cluster.RunUntil(() => TreesEnded >= target && Worker.Spouts.All(s => s.Pending == 0), within);
        _treesWaitedFor = TreesEnded;
    }

    /// <summary>Runs until this run has ended.</summary>
    /// <exception cref="TestFailureException">It did not end within an hour of the cluster's time, or nothing is left to be done.</exception>
    public RunResult RunToCompletion()
    {
        _cluster.RunUntil(() => HasEnded);
        return Result!;
    }

    /// <summary>A moment of the worker's clock as a timestamp of the cluster's.</summary>
    internal long ToTimestamp(long nanoseconds) => nanoseconds == long.MaxValue ? long.MaxValue : nanoseconds + _start;
}
