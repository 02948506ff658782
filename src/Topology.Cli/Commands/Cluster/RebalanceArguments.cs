using CommandLine;

namespace Topology.Cli;

/// <summary>What <c>rebalance</c> takes.</summary>
internal sealed class RebalanceArguments : TopologyNameArguments
{
    [Option("workers", MetaValue = "N", HelpText = "how many workers there are to be; otherwise as many as before")]
    public int? Workers { get; set; }

    [Option("executors", MetaValue = "COMPONENT=N", HelpText = "how many executors a component is to have, up to its tasks; may be repeated")]
    public IEnumerable<string> Executors { get; set; } = [];

    [Option("wait", MetaValue = "TIME", HelpText = "how long what is in flight may take; otherwise the topology's message timeout")]
    public string? Wait { get; set; }
}
