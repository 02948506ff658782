namespace Topology.Cli;

/// <summary>Writes a line of rates every few seconds, where nobody looks at a terminal.</summary>
internal sealed class LineRunView(StatusLines lines, TimeProvider time) : IRunView
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    public async Task FollowAsync(ITopologyRun run, Task ended)
    {
        lines.Write($"running {run.Plan.Name}: {run.Plan.Components.Length} components, {run.Plan.TaskCount} tasks");
        var before = run.Metrics;
        while (await Task.WhenAny(ended, Task.Delay(Period, time)).ConfigureAwait(false) != ended)
        {
            var now = run.Metrics;
            var rates = FlowOrder.Sort(ComponentRates.Between(before, now), r => r.Now.Id, run.Plan).Select(Describe);
            lines.Write($"{Figures.Duration(now.Uptime)} {run.State.ToString().ToLowerInvariant()}: {string.Join("; ", rates)}");
            before = now;
        }
    }

    private static string Describe(ComponentRates rates)
    {
        var now = rates.Now;
        var work = now.Kind == ComponentKind.Spout
            ? $"{now.Id} emits {Figures.Short(rates.EmittedPerSecond)}/s, {Figures.Short(now.Pending)} pending"
            : $"{now.Id} executes {Figures.Short(rates.ExecutedPerSecond)}/s, {Figures.Short(now.QueueDepth)} queued";
        return now.Failed == 0 ? work : $"{work}, {Figures.Short(now.Failed)} failed";
    }
}
