using CommandLine;

namespace Topology.Cli;

/// <summary>What <c>kill</c> takes.</summary>
internal sealed class KillArguments : ClusterArguments
{
    [Value(0, MetaName = "NAME", Required = true, HelpText = "the topologies, by their names or ids")]
    public IEnumerable<string> Names { get; set; } = [];

    [Option("wait", MetaValue = "TIME", HelpText = "how long what is in flight may take to be worked off; otherwise 30s")]
    public string? Wait { get; set; }

    [Option("now", HelpText = "does not wait for what is in flight")]
    public bool Now { get; set; }
}
