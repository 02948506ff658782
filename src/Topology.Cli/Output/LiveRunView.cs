using Spectre.Console;
using Spectre.Console.Rendering;

namespace Topology.Cli;

/// <summary>Shows a table of rates on the terminal, which is gone when the run has ended. Lines of others go above it.</summary>
internal sealed class LiveRunView(IConsole console, StatusLines lines, TimeProvider time) : IRunView
{
    /// <summary>How soon user output shows.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    /// <summary>Rates are of a second: five ticks.</summary>
    private const int TicksPerReading = 5;

    private readonly IAnsiConsole _terminal = SpectreConsole.Create(console.Error, console.IsErrorTerminal, console.UsesColor, console.Width);

    public Task FollowAsync(ITopologyRun run, Task ended) =>
        _terminal.Live(Text.Empty).AutoClear(true).StartAsync(display => DrawAsync(display, run, ended));

    private async Task DrawAsync(LiveDisplayContext display, ITopologyRun run, Task ended)
    {
        using var above = lines.WriteAbove(line => _terminal.WriteLine(line));
        await using var output = new LinesAbove(text => _terminal.Write(new Text(text)));
        using var userOutput = console.IsOutTerminal ? console.SendUserOutputTo(output) : null;
        var before = run.Metrics;
        var rates = ComponentRates.Between(before, before);
        for (var tick = 1; ; tick++)
        {
            display.UpdateTarget(Draw(run, rates, before.Uptime));
            if (await Task.WhenAny(ended, Task.Delay(Tick, time)).ConfigureAwait(false) == ended) return;
            await output.FlushAsync().ConfigureAwait(false);
            if (tick % TicksPerReading != 0) continue;
            var now = run.Metrics;
            rates = ComponentRates.Between(before, now);
            before = now;
        }
    }

    private Rows Draw(ITopologyRun run, IReadOnlyList<ComponentRates> rates, TimeSpan uptime)
    {
        _terminal.Profile.Width = console.Width;
        IRenderable title = new Text($"{run.Plan.Name}  {run.State.ToString().ToLowerInvariant()}  {Figures.Duration(uptime)}  (Ctrl-C drains and stops)", new Style(Color.Green));
        return new Rows(title, RateTable.Of(rates, console.Width).Render());
    }
}
