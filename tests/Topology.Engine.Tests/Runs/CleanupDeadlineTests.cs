using Topology.Testing;

namespace Topology.Engine.Tests;

/// <summary>On threads, with a clock that nobody moves: what waits for it waits for ever.</summary>
public sealed class CleanupDeadlineTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Test]
    public void A_cleanup_that_never_returns_does_not_keep_the_run_from_its_end_though_the_clock_stands_still()
    {
        using var gate = new ManualResetEventSlim();
        var worker = Start(new ManualTime(), () => gate.Wait(2 * Patience));

        worker.Coordinator.RequestStop(TimeSpan.Zero);
        var hasEnded = worker.Coordinator.Completion.Wait(Patience);
        gate.Set();

        Assert.That(hasEnded, Is.True);
        Assert.That(worker.Coordinator.State, Is.EqualTo(RunState.Stopped));
    }

    [Test]
    public void An_error_of_the_engine_ends_the_run_though_the_clock_stands_still()
    {
        var time = new BrokenTime();
        var worker = Start(time, () => { });

        time.BrokenThread = $"{worker.Plan.Name} loop {worker.Bolts[0].Home.Index}";
        var hasEnded = worker.Coordinator.Completion.Wait(Patience);

        Assert.That(hasEnded, Is.True);
        var result = worker.Coordinator.Completion.Result;
        Assert.That(result.State, Is.EqualTo(RunState.Failed));
        Assert.That(result.Failure?.Message, Does.StartWith("The engine failed in").And.Contain("no clock"));
    }

    /// <summary>Starts a run and waits until it is active.</summary>
    private static Worker Start(TimeProvider time, Action cleanup)
    {
        var plan = Simulation.PlanOf(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 3, BlockedAfter = Timeout.InfiniteTimeSpan };
            topology.SetSpout("spout", () => new InlineSpout(_ => { }));
            topology.SetBolt("bolt", () => new InlineBolt((_, _) => { }) { CleanedUp = cleanup }).ShuffleGrouping("spout");
        });
        var worker = new Worker(plan, new WorkerOptions { Time = time, Seed = 1, CleanupTime = TimeSpan.FromMilliseconds(100) });
        worker.Coordinator.SetActive(true);
        worker.Start();
        Assert.That(SpinWait.SpinUntil(() => worker.Coordinator.State == RunState.Active, Patience), Is.True);
        return worker;
    }

    /// <summary>A clock that stands still, and throws when a certain thread asks for the time.</summary>
    private sealed class BrokenTime : TimeProvider
    {
        private volatile string? _brokenThread;

        public string? BrokenThread
        {
            set => _brokenThread = value;
        }

        public override long GetTimestamp() =>
            _brokenThread is { } broken && Thread.CurrentThread.Name == broken ? throw new InvalidOperationException("no clock") : 0;
    }
}
