using System.Collections.Immutable;
using Topology.Engine;
using Topology.Testing;

namespace Topology.Cluster.Tests.Conformance;

/// <summary>A stage without threads.</summary>
internal sealed class SimulatedStage : Stage
{
    private readonly SimulatedCluster _cluster;
    private readonly SimulatedRun _run;

    public SimulatedStage(ITopology topology, Dictionary<string, string>? settings, bool active)
    {
        _cluster = new SimulatedCluster(new SimulationOptions { Seed = 20, Time = Time, TurnTime = TimeSpan.Zero });
        _run = _cluster.Submit(topology, "stage", settings, active);
        _cluster.RunUntilIdle();
    }

    public override TopologyPlan Plan => _run.Plan;

    public override RunState State => _run.State;

    public override TopologyMetrics Metrics => _run.Metrics;

    public override ImmutableArray<ErrorReport> Errors => _run.Errors;

    public override void Settle() => _cluster.RunUntilIdle();

    public override void Advance(TimeSpan by) => _cluster.Advance(by);

    public override void Activate()
    {
        _run.Activate();
        _cluster.RunUntilIdle();
    }

    public override void Deactivate()
    {
        _run.Deactivate();
        _cluster.RunUntilIdle();
    }

    public override Task<RunResult> EndAsync() => Task.FromResult(_run.RunToCompletion());

    public override Task<RunResult> StopAsync()
    {
        _run.RequestStop();
        return EndAsync();
    }

    public override ValueTask DisposeAsync()
    {
        _cluster.Dispose();
        return ValueTask.CompletedTask;
    }
}
