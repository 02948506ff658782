using Topology.Testing;

namespace Topology.Engine.Tests;

/// <summary>A worker driven by this thread, with time that stands still until it is told to go on.</summary>
internal sealed class Simulation
{
    public Simulation(Action<TopologyBuilder> build, ulong seed = 1)
    {
        Worker = new Worker(PlanOf(build), new WorkerOptions { IsSimulated = true, Time = Time, Seed = seed });
        Worker.Start();
    }

    public ManualTime Time { get; } = new();

    public Worker Worker { get; }

    public RunCoordinator Coordinator => Worker.Coordinator;

    /// <summary>How the run ended; asked for only when it has.</summary>
    public RunResult Result => Coordinator.Completion.IsCompleted ? Coordinator.Completion.Result : throw new InvalidOperationException($"The run is in {Coordinator.Phase}.");

    public static TopologyPlan PlanOf(Action<TopologyBuilder> build) => TopologyPlanner.Plan(new InlineTopology(build), "test");

    /// <summary>Starts the run and brings it to where spouts are asked for tuples.</summary>
    public Simulation Start()
    {
        Coordinator.SetActive(true);
        for (var i = 0; Coordinator.Phase < RunPhase.Running; i++)
        {
            Round();
            Assert.That(i, Is.LessThan(100), () => $"The run does not start: it is in {Coordinator.Phase}.");
        }

        return this;
    }

    /// <summary>Every loop runs once, then the coordinator looks. True when some executor did something.</summary>
    public bool Round(Random? order = null)
    {
        var progress = false;
        foreach (var loop in Worker.Loops) progress |= RunOnce(loop, order) == LoopProgress.Some || loop.HasWork;
        Coordinator.Step();
        return progress;
    }

    /// <summary>Gives each executor of a loop that has something to do one turn, in the given order or by number.</summary>
    public static LoopProgress RunOnce(EventLoop loop, Random? order)
    {
        if (order is null) return loop.RunOnce();
        var runnable = new List<Executor>();
        loop.Collect(runnable);
        var progress = LoopProgress.None;
        foreach (var executor in runnable.OrderBy(_ => order.Next()).ToArray())
            if (loop.Run(executor) == LoopProgress.Some) progress = LoopProgress.Some;
        return progress;
    }

    /// <summary>Runs rounds until nothing is left to do at this moment.</summary>
    public void Settle()
    {
        for (var i = 0; Round(); i++) Assert.That(i, Is.LessThan(100_000), "It never settles.");
    }

    /// <summary>Lets time go on in steps, with all there is to do at each.</summary>
    public void Advance(TimeSpan by, TimeSpan? step = null)
    {
        for (var left = by; left > TimeSpan.Zero;)
        {
            var next = step is { } s && s < left ? s : left;
            Time.Advance(next);
            left -= next;
            Settle();
        }
    }

    /// <summary>Runs to the end of the run, a millisecond a round.</summary>
    public RunResult RunToEnd(int mostRounds = 100_000)
    {
        for (var i = 0; !Coordinator.Completion.IsCompleted; i++)
        {
            Round();
            Time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.That(i, Is.LessThan(mostRounds), () => $"The run does not end: it is in {Coordinator.Phase}.");
        }

        return Result;
    }

    private sealed class InlineTopology(Action<TopologyBuilder> build) : ITopology
    {
        public void Build(TopologyBuilder topology) => build(topology);
    }
}
