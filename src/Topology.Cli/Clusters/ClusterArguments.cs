using CommandLine;

namespace Topology.Cli;

/// <summary>What every command takes that asks a cluster.</summary>
internal abstract class ClusterArguments : CommandArguments
{
    [Option("context", MetaValue = "NAME", HelpText = "the cluster of that name, see 'context'; also by TOPOLOGY_CONTEXT")]
    public string? Context { get; set; }

    [Option("address", MetaValue = "URL", HelpText = "the daemon at that address")]
    public string? Address { get; set; }

    [Option("data", MetaValue = "DIR", HelpText = "the daemon's data directory, which has its token and says its address")]
    public string? Data { get; set; }
}
