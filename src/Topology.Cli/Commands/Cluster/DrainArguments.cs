using CommandLine;

namespace Topology.Cli;

/// <summary>What <c>drain</c> takes.</summary>
internal sealed class DrainArguments : TopologyNameArguments
{
    [Option("wait", MetaValue = "TIME", HelpText = "how long what is in flight may take; otherwise what the topology's drain timeout says")]
    public string? Wait { get; set; }
}
