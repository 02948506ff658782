using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Has a cluster do something with a topology, and says what follows.</summary>
internal static class ChangeCommand
{
    public static Task<int> ExecuteAsync(TopologyNameArguments arguments, TopologyCommand command, CommandContext context) => ExecuteAsync(context.Connect(arguments), arguments.Name, command, context);

    public static async Task<int> ExecuteAsync(IClusterService service, string topology, TopologyCommand command, CommandContext context)
    {
        var outcome = await service.CommandAsync(command).ConfigureAwait(false);
        await service.RequireAcceptedAsync(topology, outcome).ConfigureAwait(false);
        context.Lines.Write(OneLine.Of(outcome.Message));
        return ExitCode.Success;
    }
}
