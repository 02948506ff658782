using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Waits until a topology that was submitted runs or has ended, and shows it meanwhile.</summary>
internal static class SubmitWait
{
    /// <returns>The exit code: whether it has come so far, and how it ended.</returns>
    public static async Task<int> ForAsync(
        WaitFor wait,
        TimeSpan? limit,
        SubmittedTopology topology,
        SubmitArguments arguments,
        IClusterService service,
        CommandContext context,
        CancellationToken cancellation)
    {
        using var view = TopView.Create(wait == WaitFor.Completed, "(Ctrl-C leaves it running)", context);
        try
        {
            var polling = new Polling(context.Time, limit);
            var last = await polling.UntilAsync(AskAsync, IsEnough, cancellation).ConfigureAwait(false);
            view.End();
            return IsEnough(last) ? ExitCodeOf(last, arguments) : throw WaitedTooLong(last, wait, polling.Elapsed, arguments);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            view.End();
            context.Lines.Write(OneLine.Of($"{topology.Name} goes on; to see it: topology top {topology.Name}{ClusterStart.Words(arguments)}"));
            return ExitCode.Interrupted;
        }

        async Task<TopologyDescription> AskAsync()
        {
            var now = await service.RequireAsync(topology.Id, await service.DescribeAsync(topology.Id, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
            view.Show(now);
            return now;
        }

        bool IsEnough(TopologyDescription now) => States.IsEnded(now.State) || (wait == WaitFor.Running && now.State == States.Active);
    }

    private static int ExitCodeOf(TopologyDescription topology, SubmitArguments arguments)
    {
        if (!States.IsEnded(topology.State) || topology.State == States.Completed) return ExitCode.Success;
        var reason = topology.Reason is { } why ? $": {why}" : "";
        var cluster = ClusterStart.Words(arguments);
        if (topology.State == States.Failed) throw new CommandException(ExitCode.Failed, $"{topology.Name} failed{reason}", $"topology errors {topology.Id}{cluster}");
        throw new CommandException(ExitCode.Lost, $"{topology.Name} was killed{reason}", $"topology describe {topology.Id}{cluster}");
    }

    private static CommandException WaitedTooLong(TopologyDescription last, WaitFor wait, TimeSpan elapsed, SubmitArguments arguments) => new(
        ExitCode.WaitedTooLong,
        $"{last.Name} is {last.State} after {Figures.Duration(elapsed)}, not {wait.ToString().ToLowerInvariant()}; it goes on",
        $"topology describe {last.Name}{ClusterStart.Words(arguments)}");
}
