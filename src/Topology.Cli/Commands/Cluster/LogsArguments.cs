using CommandLine;

namespace Topology.Cli;

/// <summary>What <c>logs</c> takes.</summary>
internal sealed class LogsArguments : TopologyReadingArguments
{
    [Option('f', "follow", HelpText = "goes on with lines as they come, until Ctrl-C")]
    public bool Follow { get; set; }

    [Option("since", MetaValue = "TIME", HelpText = "only lines of that time and later: 5m ago, or 2026-11-20T11:00:00Z")]
    public string? Since { get; set; }

    [Option("level", MetaValue = "LEVEL", HelpText = "only lines of that level and above: trace, debug, info, warn, error or fatal")]
    public string? Level { get; set; }

    [Option("component", MetaValue = "ID", HelpText = "only lines of that component")]
    public string? Component { get; set; }
}
