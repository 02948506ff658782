using Topology.Engine;

namespace Topology.Cli;

/// <summary>What a run did, for people, after its end.</summary>
internal static class RunSummary
{
    private const int NewestErrors = 10;

    /// <summary>Writes the counters and whether anything was lost to standard output.</summary>
    public static void Write(TopologyPlan plan, RunResult result, IConsole console)
    {
        var width = console.IsOutTerminal ? console.Width : SpectreConsole.Unlimited;
        var components = FlowOrder.Sort(result.Metrics.Components, c => c.Id, plan);
        var exact = Table(components, width, Figures.Exact);
        var table = exact.FitsWhole ? exact : Table(components, width, count => Figures.Short(count));

        console.Out.WriteLine($"{plan.Name} {result.State.ToString().ToLowerInvariant()} after {Figures.Duration(result.Metrics.Uptime)}");
        console.Out.WriteLine();
        foreach (var line in SpectreConsole.Lines(table.Render(), console.IsOutTerminal, console)) console.Out.WriteLine(line);
        console.Out.WriteLine();
        foreach (var component in components.Where(c => c.Failed > 0)) console.Out.WriteLine(Failures(component));
        console.Out.WriteLine(Throughput(result.Metrics));
        console.Out.WriteLine(Losses(result));
    }

    /// <summary>Writes the newest of the recorded errors, and why the run failed if it did, as lines for people.</summary>
    public static void WriteErrors(string name, RunResult result, StatusLines lines, bool debug)
    {
        var counted = Math.Max(result.Metrics.Components.Sum(c => c.Errors), result.Errors.Length);
        if (counted > 0)
        {
            var newest = result.Errors.TakeLast(NewestErrors).ToList();
            lines.Write($"{Figures.Exact(counted)} {(counted == 1 ? "error" : "errors")}{(newest.Count < counted ? ", the newest recorded" : "")}:");
            foreach (var error in newest)
            {
                lines.Write(OneLine.Of($"  {error.Time:HH:mm:ss} {error}"));
                if (debug) lines.Write(error.Error.ToString());
            }
        }

        if (result.Failure is not { } failure) return;
        lines.WriteProblems([$"{name} failed: {failure.GetType().Name}: {failure.Message}"], debug ? null : "the same command with --debug, which shows stack traces");
        if (debug) lines.Write(failure.ToString());
    }

    /// <summary>The last line: whether anything was lost, and what.</summary>
    public static string Losses(RunResult result)
    {
        if (result.IsLossless) return "nothing was lost";
        List<string> losses = [];
        if (result.Metrics.Lost > 0) losses.Add($"{Figures.Exact(result.Metrics.Lost)} given up or dropped without a consumer");
        if (result.Dropped > 0) losses.Add($"{Figures.Exact(result.Dropped)} tuples dropped on their way when draining ran out of time");
        if (losses.Count == 0) losses.Add("what was on its way when the topology failed");
        return "lost: " + string.Join(", ", losses);
    }

    private static Grid<ComponentMetrics> Table(IReadOnlyList<ComponentMetrics> components, int width, Func<long, string> count) => new(
        [
            new("component", c => c.Id, IsText: true),
            new("emitted", c => count(c.Emitted)),
            new("transferred", c => count(c.Transferred), 2),
            new("executed", c => c.Kind == ComponentKind.Spout ? "-" : count(c.Executed)),
            new("acked", c => count(c.Acked)),
            new("failed", c => count(c.Failed)),
            new("execute\np50", c => Figures.Latency(c.ExecuteLatency.P50Microseconds), 1),
            new("execute\np99", c => Figures.Latency(c.ExecuteLatency.P99Microseconds), 1),
            new("complete\np50", c => Figures.Latency(c.CompleteLatency.P50Microseconds), 1),
            new("complete\np99", c => Figures.Latency(c.CompleteLatency.P99Microseconds), 1),
        ],
        components,
        width);

    private static string Failures(ComponentMetrics component)
    {
        var reasons = component.FailedByReason.Select(r => $"{Figures.Exact(r.Value)} {FailNames.Words(r.Key)}");
        var list = string.Join(", ", reasons);
        return $"failed in {component.Id}: {(list.Length > 0 ? list : Figures.Exact(component.Failed))}";
    }

    private static string Throughput(TopologyMetrics metrics)
    {
        var seconds = metrics.Uptime.TotalSeconds;
        var emitted = metrics.Components.Where(c => c.Kind == ComponentKind.Spout).Sum(c => c.Emitted);
        var executed = metrics.Components.Sum(c => c.Executed);
        return $"{Figures.Exact(emitted)} tuples from spouts{PerSecond(emitted)}, {Figures.Exact(executed)} executed by bolts{PerSecond(executed)}";

        string PerSecond(long count) => seconds > 0 ? $" ({Figures.Short(count / seconds)}/s)" : "";
    }
}
