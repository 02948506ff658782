using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Shows what a topology does, each second, until it has ended or the person has.</summary>
internal static class TopCommand
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    public static async Task<int> ExecuteAsync(TopArguments arguments, CommandContext context)
    {
        var console = context.Console;
        using var interruption = new Interruption(console);
        using var keys = console.OnKey(key =>
        {
            if (key is 'q' or 'Q') interruption.End();
        });
        // One document, or names that stay the same, need no second second.
        var once = arguments.Once || arguments.Output is AnswerFormat.Json or AnswerFormat.Name;
        var block = !once && arguments.Output == AnswerFormat.Table && console is { IsOutTerminal: true, IsErrorTerminal: true } ? new LiveBlock(console) : null;
        var service = context.Connect(arguments);
        try
        {
            await ShowAsync(arguments, once, block, service, context, interruption.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            // The way to end it; the last table stays.
        }

        return ExitCode.Success;
    }

    private static async Task ShowAsync(TopArguments arguments, bool once, LiveBlock? block, IClusterService service, CommandContext context, CancellationToken cancellation)
    {
        var before = await ReadAsync().ConfigureAwait(false);
        block?.Draw(Lines(TopReport.Of(null, before.Topology, Period, context.Time.GetUtcNow())));
        while (true)
        {
            await Task.Delay(Period, context.Time, cancellation).ConfigureAwait(false);
            var now = await ReadAsync().ConfigureAwait(false);
            var report = TopReport.Of(before.Topology, now.Topology, context.Time.GetElapsedTime(before.At, now.At), context.Time.GetUtcNow());
            if (block is not null) block.Draw(Lines(report));
            else Write(report, arguments.Output, context.Console);
            if (once || States.IsEnded(report.State)) return;
            before = now;
        }

        async Task<(TopologyDescription Topology, long At)> ReadAsync()
        {
            var topology = await service.RequireAsync(arguments.Name, await service.DescribeAsync(arguments.Name, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
            return (topology, context.Time.GetTimestamp());
        }

        IEnumerable<string> Lines(TopReport report) => TopTable.Lines(report, "(q ends)", true, context.Console);
    }

    private static void Write(TopReport report, AnswerFormat format, IConsole console)
    {
        if (format == AnswerFormat.Name) Answer.Write(report.Components, c => c.Id, () => { }, format, console);
        else Answer.Write(report, r => r.Name, Table, format, console);

        void Table()
        {
            foreach (var line in TopTable.Lines(report, "", console.IsOutTerminal, console)) console.Out.WriteLine(line);
            console.Out.WriteLine();
        }
    }
}
