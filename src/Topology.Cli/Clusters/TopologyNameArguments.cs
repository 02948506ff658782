using CommandLine;

namespace Topology.Cli;

/// <summary>What every command takes that changes one topology of a cluster.</summary>
internal class TopologyNameArguments : ClusterArguments
{
    [Value(0, MetaName = "NAME", Required = true, HelpText = "the topology, by its name or its id")]
    public string Name { get; set; } = "";
}
