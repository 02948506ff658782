namespace Topology.Cli;

/// <summary>What a topology does now, as lines: a title, and a table of its components.</summary>
internal static class TopTable
{
    private static readonly Column<TopComponent>[] Columns =
    [
        new("component", c => OneLine.Of(c.Id), IsText: true),
        new("ex", c => Figures.Short(c.Executors), 8),
        new("emit/s", c => Figures.Short(c.EmittedPerSecond)),
        new("exec/s", c => c.IsSpout ? "-" : Figures.Short(c.ExecutedPerSecond)),
        new("ack/s", c => Figures.Short(c.AckedPerSecond), 4),
        new("failed", c => Figures.Short(c.Failed), 1),
        new("busy", c => Figures.Share(c.Capacity), 2),
        new("queue", c => c.IsSpout ? "-" : Figures.Short(c.QueueDepth), 3),
        new("p99", c => Figures.Latency(c.P99Us), 5),
    ];

    /// <param name="report">What it does.</param>
    /// <param name="hint">What a person can do meanwhile; empty for nothing.</param>
    /// <param name="isTerminal">Whether they go to a terminal.</param>
    /// <param name="console">Where they go.</param>
    public static IEnumerable<string> Lines(TopReport report, string hint, bool isTerminal, IConsole console)
    {
        var title = OneLine.Of($"{report.Name}  {report.State}  {report.Workers} {(report.Workers == 1 ? "worker" : "workers")}  {Figures.Bytes(report.RssBytes)}  {hint}").TrimEnd();
        if (isTerminal && title.Length > console.Width) title = title[..console.Width];
        var grid = new Grid<TopComponent>(Columns, report.Components, isTerminal ? console.Width : SpectreConsole.Unlimited);
        return [title, .. SpectreConsole.Lines(grid.Render(), isTerminal, console)];
    }
}
