using System.Collections.Immutable;
using Topology.Engine;
using Topology.Testing;

namespace Topology.Cluster.Tests.Conformance;

/// <summary>
/// A topology that runs on manual time. After each call the run has settled: nothing is left to be done at the time that the clock shows, so that what has not
/// happened by then does not happen at all. Only what a feeder is fed has to be followed by <see cref="Settle"/>.
/// </summary>
internal abstract class Stage : IAsyncDisposable
{
    /// <summary>Real time after which a test that waits has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public ManualTime Time { get; } = new();

    public abstract TopologyPlan Plan { get; }

    public abstract RunState State { get; }

    public abstract TopologyMetrics Metrics { get; }

    public abstract ImmutableArray<ErrorReport> Errors { get; }

    /// <summary>Starts a topology.</summary>
    /// <param name="kind">On what.</param>
    /// <param name="build">The topology.</param>
    /// <param name="settings">Settings from outside.</param>
    /// <param name="active">False to submit it inactive.</param>
    public static Stage Start(StageKind kind, Action<TopologyBuilder> build, Dictionary<string, string>? settings = null, bool active = true)
    {
        var topology = new InlineTopology(build);
        return kind switch
        {
            StageKind.OneLoop => new LocalStage(topology, 1, settings, active),
            StageKind.TwoLoops => new LocalStage(topology, 2, settings, active),
            _ => new SimulatedStage(topology, settings, active),
        };
    }

    /// <summary>Waits until nobody has anything to do at this time.</summary>
    public abstract void Settle();

    /// <summary>Lets time go on.</summary>
    public abstract void Advance(TimeSpan by);

    /// <inheritdoc cref="Advance(TimeSpan)"/>
    public void Advance(double seconds) => Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Activates a run that was submitted inactive or was deactivated.</summary>
    public abstract void Activate();

    public abstract void Deactivate();

    /// <summary>Waits for a run that ends by itself.</summary>
    public abstract Task<RunResult> EndAsync();

    public abstract Task<RunResult> StopAsync();

    public abstract ValueTask DisposeAsync();
}
