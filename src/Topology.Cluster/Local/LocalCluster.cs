using Topology.Engine;

namespace Topology.Cluster;

/// <summary>
/// Runs topologies in this process: the same executors, ackers and lanes as in a worker process. A run that has ended is kept by nobody but who holds its
/// <see cref="LocalRun"/>, so any number may follow one another. <see cref="ProcessCluster"/> runs them in processes of their own. Thread-safe.
/// </summary>
public sealed class LocalCluster : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<LocalRun> _runs = [];

    /// <param name="options">Null for the defaults.</param>
    public LocalCluster(LocalClusterOptions? options = null) => Options = options ?? new LocalClusterOptions();

    /// <summary>How this cluster runs its topologies.</summary>
    public LocalClusterOptions Options { get; }

    /// <summary>Builds a topology and starts it.</summary>
    /// <param name="topology">What to build.</param>
    /// <param name="name">The run's name; null for the class's name in kebab case, without <c>Topology</c>.</param>
    /// <param name="settings">Settings that go before what the code says.</param>
    /// <param name="active">False to submit it inactive: nothing is opened or prepared until <see cref="LocalRun.Activate"/>.</param>
    /// <exception cref="InvalidTopologyException">It cannot run; every error is listed.</exception>
    public LocalRun Submit(ITopology topology, string? name = null, IReadOnlyDictionary<string, string>? settings = null, bool active = true) =>
        Submit(TopologyPlanner.Plan(topology, name, settings), active);

    /// <summary>Starts a plan that was built before. Each submit makes fresh instances of its components.</summary>
    /// <inheritdoc cref="Submit(ITopology, string?, IReadOnlyDictionary{string, string}?, bool)" path="/param[@name='active']"/>
    public LocalRun Submit(TopologyPlan plan, bool active = true)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var options = new WorkerOptions { Time = Options.Time, Loggers = Options.Loggers, HandOffEvery = Options.HandOffEvery };
        if (Options.Seed is { } seed) options = options with { Seed = seed };
        if (Options.Positions is { } positions) options = options with { Positions = positions };
        var run = new LocalRun(new Worker(plan, options));
        lock (_lock) _runs.Add(run);
        run.Start(active);
        _ = DropAtEndAsync(run);
        return run;
    }

    /// <summary>Stops every run that is left, without draining.</summary>
    public async ValueTask DisposeAsync()
    {
        LocalRun[] runs;
        lock (_lock) runs = [.. _runs];
        foreach (var run in runs) await run.DisposeAsync().ConfigureAwait(false);
    }

    private async Task DropAtEndAsync(LocalRun run)
    {
        await run.Completion.ConfigureAwait(false);
        lock (_lock) _runs.Remove(run);
    }
}
