using Microsoft.Extensions.Logging;
using Topology.Engine;

namespace Topology.Cli;

/// <summary>Runs a topology in this process to its end, showing what it does.</summary>
internal static class RunCommand
{
    /// <summary>How long a run that is to stop at once may take for it, before the process ends under it.</summary>
    private static readonly TimeSpan StopAtOnceLimit = TimeSpan.FromSeconds(2);

    public static async Task<int> ExecuteAsync(RunArguments arguments, CommandContext context)
    {
        var limit = DurationOption.Read("--for", arguments.For);
        var plan = PlanLoader.Load(arguments, "run", context);
        foreach (var warning in plan.Warnings) context.Lines.Write("warning: " + OneLine.Of(warning));

        using var loggers = LineLoggerProvider.CreateFactory(context.Lines, arguments.Debug);
        // A document on standard output must stay one, whatever bolts print.
        using var userOutput = arguments.Output == OutputFormat.Json ? context.Console.SendUserOutputTo(context.Console.Error) : null;
        var run = Start(plan, context, loggers);
        using var ending = new RunEnding(run, context, limit);
        await View(arguments, context).FollowAsync(run, ending.Ended).ConfigureAwait(false);
        var (result, interrupted) = await EndAsync(run, ending, context).ConfigureAwait(false);
        if (result is not null) Report(plan, result, arguments, context);
        return interrupted ? ExitCode.Interrupted : ExitCodeOf(result!);
    }

    /// <summary>0 only where nothing was lost.</summary>
    internal static int ExitCodeOf(RunResult result) => result.State == RunState.Failed ? ExitCode.Failed : result.IsLossless ? ExitCode.Success : ExitCode.Lost;

    private static ITopologyRun Start(TopologyPlan plan, CommandContext context, ILoggerFactory loggers)
    {
        try
        {
            return context.Start(plan, loggers);
        }
        catch (TopologyException exception)
        {
            throw new CommandException(ExitCode.Invalid, exception.Message, "--debug, which shows where", exception);
        }
    }

    private static IRunView View(RunArguments arguments, CommandContext context)
    {
        if (arguments.Quiet) return new QuietRunView();
        if (!context.Console.IsErrorTerminal) return new LineRunView(context.Lines, context.Time);
        var takesUserOutput = context.Console.IsOutTerminal || arguments.Output == OutputFormat.Json;
        return new LiveRunView(context.Console, context.Lines, context.Time, takesUserOutput);
    }

    private static async Task<(RunResult? Result, bool Interrupted)> EndAsync(ITopologyRun run, RunEnding ending, CommandContext context)
    {
        if (!ending.IsAbandoned)
        {
            var result = await run.Completion.ConfigureAwait(false);
            await run.DisposeAsync().ConfigureAwait(false);
            return (result, false);
        }

        await Task.WhenAny(run.DisposeAsync().AsTask(), Task.Delay(StopAtOnceLimit, context.Time)).ConfigureAwait(false);
        return (run.Completion.IsCompletedSuccessfully ? await run.Completion.ConfigureAwait(false) : null, true);
    }

    private static void Report(TopologyPlan plan, RunResult result, RunArguments arguments, CommandContext context)
    {
        RunSummary.WriteErrors(plan.Name, result, context.Lines, arguments.Debug);
        if (arguments.Output == OutputFormat.Json) context.Console.Out.WriteLine(RunJson.Of(plan.Name, result));
        else RunSummary.Write(plan, result, context.Console);
    }
}
