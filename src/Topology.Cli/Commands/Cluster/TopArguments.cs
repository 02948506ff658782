using CommandLine;

namespace Topology.Cli;

/// <summary>What <c>top</c> takes.</summary>
internal sealed class TopArguments : TopologyReadingArguments
{
    [Option("once", HelpText = "prints the rates of one second and ends")]
    public bool Once { get; set; }
}
