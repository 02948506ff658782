using Spectre.Console;
using Topology.Engine;

namespace Topology.Cli;

/// <summary>Shows a table of rates on the terminal, which is gone when the run has ended. Lines of others go above it.</summary>
/// <param name="console">The terminal.</param>
/// <param name="lines">What else is written to it.</param>
/// <param name="time">The clock of the readings.</param>
/// <param name="takesUserOutput">Whether what bolts print comes to the same terminal.</param>
internal sealed class LiveRunView(IConsole console, StatusLines lines, TimeProvider time, bool takesUserOutput) : IRunView
{
    /// <summary>How soon a change shows, and what bolts print.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    /// <summary>Rates are of the last second: five ticks.</summary>
    private const int TicksOfRates = 5;

    public async Task FollowAsync(ITopologyRun run, Task ended)
    {
        var block = new LiveBlock(console);
        using var above = lines.WriteAbove(line => block.WriteAbove(line + "\n"));
        await using var output = new LinesAbove(block.WriteAbove);
        using var userOutput = takesUserOutput ? console.SendUserOutputTo(output) : null;
        var readings = new Queue<TopologyMetrics>();
        do
        {
            await output.FlushAsync().ConfigureAwait(false);
            var now = run.Metrics;
            readings.Enqueue(now);
            block.Draw(Lines(run, ComponentRates.Between(readings.Peek(), now), now.Uptime));
            if (readings.Count > TicksOfRates) readings.Dequeue();
        }
        while (await Task.WhenAny(ended, Task.Delay(Tick, time)).ConfigureAwait(false) != ended);
        block.Erase();
    }

    private string[] Lines(ITopologyRun run, IReadOnlyList<ComponentRates> rates, TimeSpan uptime)
    {
        var title = $"{run.Plan.Name}  {run.State.ToString().ToLowerInvariant()}  {Figures.Duration(uptime)}  (Ctrl-C drains and stops)";
        if (title.Length > console.Width) title = title[..console.Width];
        var table = RateTable.Of(FlowOrder.Sort(rates, r => r.Now.Id, run.Plan), console.Width);
        return SpectreConsole.Lines(new Rows(new Text(title, new Style(Color.Green)), table.Render()), true, console);
    }
}
