using Topology.Cluster;
using Topology.Engine;

namespace Topology.Bench;

/// <summary>A topology running in a cluster of its own in this process.</summary>
internal sealed class TopologyRun : IAsyncDisposable
{
    private readonly LocalCluster _cluster = new();
    private readonly LocalRun _run;

    /// <summary>Starts a topology.</summary>
    public TopologyRun(ITopology topology) => _run = _cluster.Submit(topology, "bench");

    /// <summary>Drains and ends the run.</summary>
    /// <exception cref="BenchException">It had failed, an error was recorded, or something was lost.</exception>
    public async Task StopAsync()
    {
        var result = await _run.StopAsync().ConfigureAwait(false);
        if (result.State == RunState.Failed) throw new BenchException($"the run failed: {result.Failure?.Message}");
        if (result.Errors is [var first, ..]) throw new BenchException($"the run recorded an error: {first}");
        if (!result.IsLossless) throw new BenchException($"the run lost {result.Metrics.Lost:N0} tuples and dropped {result.Dropped:N0}");
    }

    /// <summary>Ends the run, if it has not ended, without draining.</summary>
    public async ValueTask DisposeAsync()
    {
        await _run.DisposeAsync().ConfigureAwait(false);
        await _cluster.DisposeAsync().ConfigureAwait(false);
    }
}
