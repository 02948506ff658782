using Topology.Cluster;

namespace Topology.Cli;

/// <summary>What goes wrong with a cluster, as lines and an exit code.</summary>
internal static class ClusterProblems
{
    /// <summary>Runs a command, and tells what a cluster says against it.</summary>
    /// <exception cref="CommandException">The cluster did not answer as it should, or refuses an upload.</exception>
    public static async Task<int> RunAsync(Func<Task<int>> command)
    {
        try
        {
            return await command().ConfigureAwait(false);
        }
        catch (ClusterException exception)
        {
            throw new CommandException(ExitCodeOf(exception.Problem), exception.Message, NextAfter(exception.Problem), exception);
        }
        catch (UploadException exception)
        {
            throw new CommandException(ExitCode.Invalid, exception.Message, null, exception);
        }
    }

    private static int ExitCodeOf(ClusterProblem problem) => problem switch
    {
        ClusterProblem.Unreachable => ExitCode.Unreachable,
        ClusterProblem.Unauthorized => ExitCode.Unauthorized,
        _ => ExitCode.Lost,
    };

    private static string NextAfter(ClusterProblem problem) => problem switch
    {
        ClusterProblem.Unreachable => "topology up --detach, or --address, --data or --context of a daemon that runs",
        ClusterProblem.Unauthorized => "--data with the daemon's data directory, or a context with its token file",
        _ => "topology doctor",
    };
}
