namespace Topology.Cli;

/// <summary>Shows all about a topology.</summary>
internal static class DescribeCommand
{
    public static async Task<int> ExecuteAsync(TopologyReadingArguments arguments, CommandContext context)
    {
        var service = context.Connect(arguments);
        var topology = await service.RequireAsync(arguments.Name, await service.DescribeAsync(arguments.Name).ConfigureAwait(false)).ConfigureAwait(false);
        Answer.Write(topology, t => t.Name, () => DescriptionText.Write(topology, context), arguments.Output, context.Console);
        return ExitCode.Success;
    }
}
