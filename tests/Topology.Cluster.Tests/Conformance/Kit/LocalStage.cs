using System.Collections.Immutable;
using System.Diagnostics;
using Topology.Engine;

namespace Topology.Cluster.Tests.Conformance;

/// <summary>A stage on threads.</summary>
internal sealed class LocalStage : Stage
{
    private readonly LocalCluster _cluster;
    private readonly LocalRun _run;

    public LocalStage(ITopology topology, int loops, Dictionary<string, string>? settings, bool active)
    {
        _cluster = new LocalCluster(new LocalClusterOptions { Time = Time, Seed = 20 });
        var plan = TopologyPlanner.Plan(topology, "stage", settings);
        // A thread that the machine kept from running for long is not to be taken for one that blocks: there are no loops but those that Settle looks at.
        var options = plan.Options with { BlockedAfter = Timeout.InfiniteTimeSpan };
        if (options.EventLoops == 0) options = options with { EventLoops = loops };
        _run = _cluster.Submit(plan with { Options = options }, active);
        if (active) SettleActive();
    }

    public override TopologyPlan Plan => _run.Plan;

    public override RunState State => _run.State;

    public override TopologyMetrics Metrics => _run.Metrics;

    public override ImmutableArray<ErrorReport> Errors => _run.Errors;

    public override void Settle() => WaitFor(IsSettled);

    public override void Advance(TimeSpan by)
    {
        Time.Advance(by);
        Settle();
    }

    public override void Activate()
    {
        _run.Activate();
        SettleActive();
    }

    public override void Deactivate()
    {
        _run.Deactivate();
        Settle();
    }

    public override Task<RunResult> EndAsync() => _run.Completion.WaitAsync(Patience);

    public override Task<RunResult> StopAsync() => _run.StopAsync().WaitAsync(Patience);

    public override async ValueTask DisposeAsync() => await _cluster.DisposeAsync().AsTask().WaitAsync(Patience);

    // The start goes by steps of the coordinator, in between which the loops are idle. A short run may have ended by now.
    private void SettleActive()
    {
        WaitFor(() => _run.State is not (RunState.Inactive or RunState.Starting));
        if (_run.State == RunState.Active) Settle();
    }

    private void WaitFor(Func<bool> condition)
    {
        var since = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(since) > Patience) Assert.Fail($"The run does not settle; it is {_run.State}.");
            Thread.Yield();
        }
    }

    // Only turns make work for others: where all loops are parked with nothing to do, and have had no turn from one look to the next, all is quiet.
    private bool IsSettled()
    {
        var loops = _run.Worker.Loops;
        var turns = loops.Select(loop => loop.Tenure.Call).ToArray();
        return _run.Completion.IsCompleted
            || (loops.All(IsIdle) && loops.All(IsIdle) && loops.Select(loop => loop.Tenure.Call).SequenceEqual(turns));
    }

    private bool IsIdle(EventLoop loop)
    {
        var now = _run.Worker.Clock.Nanoseconds;
        return loop.Parker.IsParked && !loop.HasWork && loop.Now == now && loop.NextDeadline > now;
    }
}
