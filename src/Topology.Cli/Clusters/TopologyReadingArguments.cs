using CommandLine;

namespace Topology.Cli;

/// <summary>What every command takes that shows one topology of a cluster.</summary>
internal class TopologyReadingArguments : ReadingArguments
{
    [Value(0, MetaName = "NAME", Required = true, HelpText = "the topology, by its name or its id")]
    public string Name { get; set; } = "";
}
