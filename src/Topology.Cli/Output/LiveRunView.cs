using Spectre.Console;

namespace Topology.Cli;

/// <summary>Shows a table of rates on the terminal, which is gone when the run has ended. Lines of others go above it.</summary>
/// <param name="console">The terminal.</param>
/// <param name="lines">What else is written to it.</param>
/// <param name="time">The clock of the readings.</param>
/// <param name="takesUserOutput">Whether what bolts print comes to the same terminal.</param>
internal sealed class LiveRunView(IConsole console, StatusLines lines, TimeProvider time, bool takesUserOutput) : IRunView
{
    /// <summary>How soon user output shows.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    /// <summary>Rates are of a second: five ticks.</summary>
    private const int TicksPerReading = 5;

    public async Task FollowAsync(ITopologyRun run, Task ended)
    {
        var block = new LiveBlock(console);
        using var above = lines.WriteAbove(line => block.WriteAbove(line + "\n"));
        await using var output = new LinesAbove(block.WriteAbove);
        using var userOutput = takesUserOutput ? console.SendUserOutputTo(output) : null;
        var before = run.Metrics;
        var rates = ComponentRates.Between(before, before);
        for (var tick = 1; ; tick++)
        {
            block.Draw(Lines(run, rates, before.Uptime));
            if (await Task.WhenAny(ended, Task.Delay(Tick, time)).ConfigureAwait(false) == ended) break;
            await output.FlushAsync().ConfigureAwait(false);
            if (tick % TicksPerReading != 0) continue;
            var now = run.Metrics;
            rates = ComponentRates.Between(before, now);
            before = now;
        }

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
