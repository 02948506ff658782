using System.Diagnostics;
using Topology.Engine;
using Topology.Testing;

namespace Topology.Cluster.Tests;

/// <summary>
/// A topology that runs in a local cluster, on threads of its own and on manual time. <see cref="Settle"/> tells when it has nothing left to do at the
/// time that the clock shows, so that what has not happened by then does not happen at all.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    /// <summary>Real time after which a test that waits has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly LocalCluster _cluster;

    private Stage(LocalCluster cluster, ManualTime time, LocalRun run)
    {
        _cluster = cluster;
        Time = time;
        Run = run;
    }

    public ManualTime Time { get; }

    public LocalRun Run { get; }

    public TopologyMetrics Metrics => Run.Metrics;

    /// <summary>Starts a topology and waits until it is active, or has nothing to wait for.</summary>
    public static Stage Start(Action<TopologyBuilder> build, int loops = 2, bool active = true)
    {
        var time = new ManualTime();
        var cluster = new LocalCluster(new LocalClusterOptions { Time = time, Seed = 20 });
        var topology = new InlineTopology(builder =>
        {
            // A thread that the machine kept from running for long is not to be taken for one that blocks: there are no loops but those that Settle looks at.
            builder.Options = builder.Options with { EventLoops = loops, BlockedAfter = Timeout.InfiniteTimeSpan };
            build(builder);
        });
        var stage = new Stage(cluster, time, cluster.Submit(topology, "stage", active: active));
        if (active) stage.SettleActive();
        return stage;
    }

    /// <summary>Lets time go on, and waits until everything that this led to is done.</summary>
    public void Advance(double seconds)
    {
        Time.Advance(TimeSpan.FromSeconds(seconds));
        Settle();
    }

    /// <summary>Waits until no loop has anything to do at this time.</summary>
    public void Settle()
    {
        var since = Stopwatch.GetTimestamp();
        while (!IsSettled())
        {
            if (Stopwatch.GetElapsedTime(since) > Patience) Assert.Fail($"The run does not settle; it is {Run.State}.");
            Thread.Yield();
        }
    }

    /// <summary>Activates a run that was submitted inactive or was deactivated.</summary>
    public void Activate()
    {
        Run.Activate();
        SettleActive();
    }

    public void Deactivate()
    {
        Run.Deactivate();
        Settle();
    }

    /// <summary>Waits for a run that ends by itself.</summary>
    public Task<RunResult> EndAsync() => Run.Completion.WaitAsync(Patience);

    public Task<RunResult> StopAsync() => Run.StopAsync().WaitAsync(Patience);

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync().AsTask().WaitAsync(Patience);

    // The start goes by steps of the coordinator, in between which the loops are idle. A short run may have ended by now.
    private void SettleActive()
    {
        var since = Stopwatch.GetTimestamp();
        while (Run.State is RunState.Inactive or RunState.Starting)
        {
            if (Stopwatch.GetElapsedTime(since) > Patience) Assert.Fail($"The run does not become active; it is {Run.State}.");
            Thread.Yield();
        }

        if (Run.State == RunState.Active) Settle();
    }

    // Only turns make work for others: where all loops are parked with nothing to do, and have had no turn from one look to the next, all is quiet.
    private bool IsSettled()
    {
        var loops = Run.Worker.Loops;
        var turns = loops.Select(loop => loop.TurnNumber).ToArray();
        return loops.All(IsIdle) && loops.All(IsIdle) && loops.Select(loop => loop.TurnNumber).SequenceEqual(turns);
    }

    private bool IsIdle(EventLoop loop)
    {
        var now = Run.Worker.Clock.Nanoseconds;
        return loop.Parker.IsParked && !loop.HasWork && loop.Now == now && loop.NextDeadline > now;
    }
}
