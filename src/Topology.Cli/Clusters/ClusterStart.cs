using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Reaches a cluster, and starts a daemon of this machine where none answers.</summary>
internal static class ClusterStart
{
    /// <summary>The cluster that a command is about. One that was named by an address or a context is not started.</summary>
    /// <exception cref="CommandException">The options do not say which.</exception>
    /// <exception cref="ClusterException">It does not answer as it should, or did not come up.</exception>
    public static async Task<IClusterService> ConnectAsync(ClusterArguments arguments, CommandContext context, CancellationToken cancellation)
    {
        var target = ClusterTarget.Of(arguments, context);
        if (target.DataDirectory is not { } data) return context.Connect(target);
        if (target.Address is not null && context.Connect(target) is var service && await AnswersAsync(service, cancellation).ConfigureAwait(false)) return service;
        var daemon = await context.RequireCluster().StartAsync(new DaemonRequest(data, null, null), cancellation).ConfigureAwait(false);
        context.Lines.Write($"no daemon was up, so one was started at {daemon.Address} (process {daemon.Pid}); to end it: topology down{Words(arguments)}");
        return context.Connect(target with { Address = daemon.Address });
    }

    /// <summary>Whether a daemon answers, be it that it does not know the token.</summary>
    public static async Task<bool> AnswersAsync(IClusterService service, CancellationToken cancellation)
    {
        try
        {
            await service.InfoAsync(cancellation).ConfigureAwait(false);
            return true;
        }
        catch (ClusterException exception) when (exception.Problem == ClusterProblem.Unreachable)
        {
            return false;
        }
    }

    /// <summary>The options that mean the same cluster in another command, after a space; empty where none were given.</summary>
    public static string Words(ClusterArguments arguments) =>
        string.Concat(new[] { ("--context", arguments.Context), ("--address", arguments.Address), ("--data", arguments.Data) }.Where(o => o.Item2 is not null).Select(o => $" {o.Item1} {o.Item2}"));
}
