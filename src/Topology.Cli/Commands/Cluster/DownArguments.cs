using CommandLine;

namespace Topology.Cli;

/// <summary>What <c>down</c> takes.</summary>
internal sealed class DownArguments : ClusterArguments
{
    [Option("wait", MetaValue = "TIME", HelpText = "how long draining may take; otherwise what each topology's drain timeout says")]
    public string? Wait { get; set; }
}
