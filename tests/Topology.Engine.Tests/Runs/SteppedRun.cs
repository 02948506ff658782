namespace Topology.Engine.Tests;

/// <summary>A run without threads: the test says which loop has its turn, and when the coordinator looks.</summary>
internal sealed class SteppedRun
{
    private static readonly int MostRounds = 100_000;

    public SteppedRun(Action<TopologyBuilder> build, int loops = 1)
    {
        var plan = TopologyPlanner.Plan(new InlineTopology(build), "stepped", new Dictionary<string, string> { ["topology.event-loops"] = $"{loops}" });
        Worker = new Worker(plan, new WorkerOptions { IsSimulated = true, Seed = 20, Time = Time });
        Worker.Coordinator.SetActive(true);
    }

    public Worker Worker { get; }

    public StandingTime Time { get; } = new();

    public RunCoordinator Coordinator => Worker.Coordinator;

    /// <summary>Runs loops, all or some, until they have nothing to do at this time.</summary>
    public void RunLoops(params int[] loops)
    {
        var chosen = loops.Length == 0 ? Worker.Loops : [.. loops.Select(l => Worker.Loops[l])];
        for (var rounds = 0; chosen.Any(loop => loop.HasWork || loop.NextDeadline <= Worker.Clock.Nanoseconds || loop.Now != Worker.Clock.Nanoseconds); rounds++)
        {
            if (rounds == MostRounds) Assert.Fail("The loops do not come to rest.");
            foreach (var loop in chosen)
            {
                while (loop.RunOnce() == LoopProgress.Some)
                {
                }
            }
        }
    }

    /// <summary>Has the coordinator and all loops go on until the run is in a phase.</summary>
    public void RunTo(RunPhase phase)
    {
        for (var rounds = 0; Coordinator.Phase != phase; rounds++)
        {
            if (rounds == MostRounds) Assert.Fail($"The run stays {Coordinator.Phase}.");
            Coordinator.Step();
            RunLoops();
        }
    }

    /// <summary>The loop that runs a component's first executor.</summary>
    public int LoopOf(string component) => Worker.Loops.IndexOf(Worker.Executors.First(e => e.Component == component).Home);

    private sealed class InlineTopology(Action<TopologyBuilder> build) : ITopology
    {
        public void Build(TopologyBuilder topology) => build(topology);
    }
}
