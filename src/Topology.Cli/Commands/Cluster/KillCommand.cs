using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Ends topologies for good: all that can be, and the exit code is that of the first that cannot.</summary>
internal static class KillCommand
{
    // The message timeout that a topology has if it does not say: what was emitted before has been acked or has failed by then.
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(30);

    public static async Task<int> ExecuteAsync(KillArguments arguments, CommandContext context)
    {
        if (arguments is { Now: true, Wait: not null }) throw new CommandException(ExitCode.Usage, "--now does not wait, so --wait does not go with it", "one of them");
        var wait = arguments.Now ? TimeSpan.Zero : DurationOption.Read("--wait", arguments.Wait) ?? UsualWait;
        var service = context.Connect(arguments);
        var exitCode = ExitCode.Success;
        foreach (var name in arguments.Names.Distinct())
        {
            try
            {
                await ChangeCommand.ExecuteAsync(service, name, new TopologyCommand.Kill(name, wait), context).ConfigureAwait(false);
            }
            catch (CommandException exception)
            {
                context.Lines.WriteProblems(exception.Problems, exception.Next);
                if (exitCode == ExitCode.Success) exitCode = exception.ExitCode;
            }
        }

        return exitCode;
    }
}
