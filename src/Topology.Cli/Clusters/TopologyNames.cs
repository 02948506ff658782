using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Names of topologies that do not exist, and verdicts on commands about them.</summary>
internal static class TopologyNames
{
    /// <summary>What a cluster told about a topology.</summary>
    /// <exception cref="CommandException">There is no such topology.</exception>
    public static async Task<T> RequireAsync<T>(this IClusterService service, string topology, T? found) where T : class => found ?? throw await service.MissingAsync(topology).ConfigureAwait(false);

    /// <summary>What a cluster told about a topology.</summary>
    /// <exception cref="CommandException">There is no such topology.</exception>
    public static async Task<T> RequireAsync<T>(this IClusterService service, string topology, T? found) where T : struct => found ?? throw await service.MissingAsync(topology).ConfigureAwait(false);

    /// <summary>That there is no such topology, with the name that may be meant; or that there was, where one of the name has ended.</summary>
    public static async Task<CommandException> MissingAsync(this IClusterService service, string topology)
    {
        var names = (await service.ListAsync().ConfigureAwait(false)).Select(t => t.Name).ToHashSet();
        var problem = names.Contains(topology) ? $"topology '{topology}' has ended" : $"no topology '{topology}'{Suggestion.For(topology, names)}";
        return new CommandException(ExitCode.NotFound, problem, "topology list");
    }

    /// <summary>Passes where a command was accepted.</summary>
    /// <param name="service">Who answered.</param>
    /// <param name="topology">The topology that was named.</param>
    /// <param name="outcome">The answer.</param>
    /// <param name="next">What to do where the command is wrong in itself.</param>
    /// <exception cref="CommandException">It was not.</exception>
    public static async Task RequireAcceptedAsync(this IClusterService service, string topology, CommandOutcome outcome, string? next = null)
    {
        switch (outcome.Verdict)
        {
            case CommandVerdict.NotFound:
                throw await service.MissingAsync(topology).ConfigureAwait(false);
            case CommandVerdict.Conflict:
                throw new CommandException(ExitCode.Conflict, outcome.Message, "topology list");
            case CommandVerdict.Invalid:
                throw new CommandException(ExitCode.Invalid, outcome.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), next);
            default:
                break;
        }
    }
}
