using Topology.Engine;

namespace Topology.Cli.Tests;

/// <summary>Plans, metrics and results as a run would give them.</summary>
internal static class Sample
{
    public static TopologyPlan Plan { get; } = TopologyPlanner.Plan(new LinesTopology());

    public static TopologyMetrics Metrics(TopologyPlan plan, TimeSpan uptime, Func<ComponentMetrics, ComponentMetrics>? change = null) => new(
        uptime,
        [
            .. plan.Components.Select(c => new ComponentMetrics { Id = c.Id, Kind = c.Kind, Executors = c.Executors, Tasks = c.Tasks }).Select(c => change?.Invoke(c) ?? c),
        ],
        0);

    public static RunResult Result(TopologyPlan plan, RunState state, Func<ComponentMetrics, ComponentMetrics>? change = null) =>
        new(state, Metrics(plan, TimeSpan.FromSeconds(2), change), [], state == RunState.Failed ? new TimeoutException("no answer") : null, 0);

    public static ErrorReport Error(int number) => new(
        DateTimeOffset.UnixEpoch.AddSeconds(number), "split", 3, "Execute", "'a', 1", new InvalidOperationException($"error {number}"));
}
