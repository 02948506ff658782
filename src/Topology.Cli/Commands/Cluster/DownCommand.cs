using System.Collections.Immutable;
using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Drains every topology and ends the daemon.</summary>
internal static class DownCommand
{
    // For workers that the master ends at the deadline to be gone.
    private static readonly TimeSpan EndingOfWorkers = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan EndingOfDaemon = TimeSpan.FromSeconds(10);

    public static async Task<int> ExecuteAsync(DownArguments arguments, CommandContext context)
    {
        var wait = DurationOption.Read("--wait", arguments.Wait);
        var service = context.Connect(arguments);
        using var interruption = new Interruption(context.Console);
        try
        {
            await service.RequireAcceptedAsync("", await service.CommandAsync(new TopologyCommand.DrainAll(wait), interruption.Token).ConfigureAwait(false)).ConfigureAwait(false);
            var late = await DrainedAsync(wait, service, context, interruption.Token).ConfigureAwait(false);
            await service.StopAsync(interruption.Token).ConfigureAwait(false);
            await EndedAsync(service, context, interruption.Token).ConfigureAwait(false);
            if (late.Count == 0) return ExitCode.Success;
            throw new CommandException(ExitCode.WaitedTooLong, [.. late.Select(name => $"{name} did not drain in time: what was in flight was cut short")], "topology down --wait with a longer time");
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            context.Lines.Write("draining goes on, and the daemon stays up; to end it: topology down");
            return ExitCode.Interrupted;
        }
    }

    /// <returns>The names of those that were not drained within the time given.</returns>
    private static async Task<SortedSet<string>> DrainedAsync(TimeSpan? wait, IClusterService service, CommandContext context, CancellationToken cancellation)
    {
        var late = new SortedSet<string>(StringComparer.Ordinal);
        using var progress = new DrainProgress(context);
        var polling = new Polling(context.Time, wait + EndingOfWorkers);
        await polling.UntilAsync(AskAsync, running => running.IsEmpty, cancellation).ConfigureAwait(false);
        return late;

        async Task<ImmutableArray<TopologySummary>> AskAsync()
        {
            var topologies = await service.ListAsync(cancellation).ConfigureAwait(false);
            var running = topologies.Where(t => !States.IsEnded(t.State) && t.State != States.Inactive).ToImmutableArray();
            progress.Show(running);
            if (polling.Elapsed >= wait) late.UnionWith(running.Select(t => t.Name));
            return running;
        }
    }

    private static async Task EndedAsync(IClusterService service, CommandContext context, CancellationToken cancellation)
    {
        var answers = await new Polling(context.Time, EndingOfDaemon).UntilAsync(() => ClusterStart.AnswersAsync(service, cancellation), answers => !answers, cancellation).ConfigureAwait(false);
        context.Lines.Write(answers ? "the daemon is told to end, and has not yet" : "the daemon has ended");
    }
}
