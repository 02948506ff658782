using Topology.Engine;

namespace Topology.Cluster;

/// <summary>Runs topologies in this process: the same executors, ackers and lanes as in a worker process.</summary>
public sealed class LocalCluster : IAsyncDisposable
{
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
        throw new NotSupportedException();

    /// <summary>Starts a plan that was built before.</summary>
    public LocalRun Submit(TopologyPlan plan, bool active = true) => throw new NotSupportedException();

    /// <summary>Stops every run that is left, without draining.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
