using CommandLine;

namespace Topology.Cli;

/// <summary>What <c>rebalance</c> takes.</summary>
internal sealed class RebalanceArguments : TopologyNameArguments
{
    [Option("workers", MetaValue = "N", HelpText = "how many workers there are to be; otherwise as many as before")]
    public int? Workers { get; set; }

    [Option("wait", MetaValue = "TIME", HelpText = "how long what is in flight may take; otherwise the topology's message timeout")]
    public string? Wait { get; set; }
}
