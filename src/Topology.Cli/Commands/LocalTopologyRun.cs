using Microsoft.Extensions.Logging;
using Topology.Cluster;
using Topology.Engine;

namespace Topology.Cli;

/// <summary>A run in a cluster inside this process, which ends with it.</summary>
internal sealed class LocalTopologyRun : ITopologyRun
{
    private readonly LocalCluster _cluster;
    private readonly LocalRun _run;

    private LocalTopologyRun(LocalCluster cluster, LocalRun run)
    {
        _cluster = cluster;
        _run = run;
    }

    public TopologyPlan Plan => _run.Plan;

    public RunState State => _run.State;

    public TopologyMetrics Metrics => _run.Metrics;

    public Task<RunResult> Completion => _run.Completion;

    public static ITopologyRun Start(TopologyPlan plan, ILoggerFactory loggers)
    {
        var cluster = new LocalCluster(new LocalClusterOptions { Loggers = loggers });
        return new LocalTopologyRun(cluster, cluster.Submit(plan));
    }

    public Task<RunResult> StopAsync() => _run.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _run.DisposeAsync().ConfigureAwait(false);
        await _cluster.DisposeAsync().ConfigureAwait(false);
    }
}
