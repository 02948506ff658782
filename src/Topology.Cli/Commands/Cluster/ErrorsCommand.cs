using System.Globalization;
using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Shows what user code threw or reported.</summary>
internal static class ErrorsCommand
{
    public static async Task<int> ExecuteAsync(TopologyReadingArguments arguments, CommandContext context)
    {
        var service = context.Connect(arguments);
        var errors = await service.RequireAsync(arguments.Name, await service.ErrorsAsync(arguments.Name).ConfigureAwait(false)).ConfigureAwait(false);
        Answer.Write(errors, e => e.Component, Text, arguments.Output, context.Console);
        return ExitCode.Success;

        void Text()
        {
            if (errors.IsEmpty) context.Lines.Write($"no errors of {OneLine.Of(arguments.Name)}");
            foreach (var error in errors) Write(error, arguments.Debug, context);
        }
    }

    private static void Write(ErrorRecord error, bool debug, CommandContext context)
    {
        var times = error.Count == 1 ? "once" : $"{Figures.Exact(error.Count)} times";
        var ago = Figures.Age(context.Time.GetUtcNow() - error.LastAt);
        context.Console.Out.WriteLine(OneLine.Of(string.Create(CultureInfo.InvariantCulture, $"{error.Component}#{error.Task}  {times}, last {ago} ago")));
        context.Console.Out.WriteLine("  " + OneLine.Of(error.Message));
        if (!debug) return;
        foreach (var line in error.Detail.Split('\n')) context.Console.Out.WriteLine("    " + OneLine.Of(line.TrimEnd()));
    }
}
