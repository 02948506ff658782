using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Is a daemon, or starts one; what was drained by <c>down</c> is resumed.</summary>
internal static class UpCommand
{
    public static async Task<int> ExecuteAsync(UpArguments arguments, CommandContext context)
    {
        if (arguments.Slots < 0) throw new CommandException(ExitCode.Usage, $"--slots {arguments.Slots}: 0 or more are needed", "--slots 4");
        var cluster = context.RequireCluster();
        var data = Path.GetFullPath(arguments.Data ?? cluster.DefaultDataDirectory);
        var request = new DaemonRequest(data, arguments.Address is { } address ? ClusterTarget.ReadAddress(address) : null, arguments.Slots) { Listening = ListenOption.Read(arguments.Listen, arguments.Host) };
        using var interruption = new Interruption(context.Console);
        if (await RunningAsync(request, context, interruption.Token).ConfigureAwait(false) is { } running) return await UseAsync(running, request, arguments, context).ConfigureAwait(false);
        if (arguments.Detach)
        {
            await GreetAsync(await cluster.StartAsync(request, interruption.Token).ConfigureAwait(false), request, "up", "", context).ConfigureAwait(false);
            return ExitCode.Success;
        }

        var exit = await cluster.RunAsync(
            request,
            daemon => GreetAsync(daemon, request, "up", "; Ctrl-C ends it, and leaves workers to the next one", context),
            problem => context.Lines.WriteProblems([problem], null),
            interruption.Token).ConfigureAwait(false);
        interruption.EndLine();
        if (exit == ExitCode.Success) context.Lines.Write("the daemon has ended; workers go on, and are taken over by the next one");
        return exit;
    }

    private static async Task<DaemonNotice?> RunningAsync(DaemonRequest request, CommandContext context, CancellationToken cancellation)
    {
        var cluster = context.RequireCluster();
        if (cluster.FindDaemon(request.DataDirectory) is not { IsLiving: true } daemon) return null;
        return await ClusterStart.AnswersAsync(cluster.Connect(daemon.Address, cluster.TokenFile(request.DataDirectory)), cancellation).ConfigureAwait(false) ? daemon : null;
    }

    private static async Task<int> UseAsync(DaemonNotice running, DaemonRequest request, UpArguments arguments, CommandContext context)
    {
        var isSame = arguments.Detach && arguments.Slots is null && request.Listening is null && (request.Address is null || request.Address == running.Address);
        if (!isSame) throw new CommandException(ExitCode.Conflict, $"a daemon of {request.DataDirectory} is up already, at {running.Address} (process {running.Pid})", "topology down, or --data with another directory");
        await GreetAsync(running, request, "up already", "", context).ConfigureAwait(false);
        return ExitCode.Success;
    }

    private static async Task GreetAsync(DaemonNotice daemon, DaemonRequest request, string how, string note, CommandContext context)
    {
        var cluster = context.RequireCluster();
        var service = cluster.Connect(daemon.Address, cluster.TokenFile(request.DataDirectory));
        await service.CommandAsync(new TopologyCommand.ResumeAll()).ConfigureAwait(false);
        var living = (await service.ListAsync().ConfigureAwait(false)).Count(t => !States.IsEnded(t.State));
        context.Console.Out.WriteLine(daemon.Address);
        await context.Console.Out.FlushAsync().ConfigureAwait(false);
        context.Lines.Write($"topology is {how} (process {daemon.Pid}, data in {request.DataDirectory}, {living} {(living == 1 ? "topology" : "topologies")}){note}");
    }
}
