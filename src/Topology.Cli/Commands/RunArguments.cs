using CommandLine;

namespace Topology.Cli;

/// <summary>What <c>run</c> takes.</summary>
internal sealed class RunArguments : TopologyArguments
{
    [Option("workers", MetaValue = "N", HelpText = "how many workers it runs as; the same as --set topology.workers=N")]
    public int? Workers { get; set; }

    [Option("for", MetaValue = "TIME", HelpText = "drains and stops after this time, such as 30s or 5m")]
    public string? For { get; set; }

    [Option("quiet", HelpText = "shows no rates while it runs")]
    public bool Quiet { get; set; }
}
