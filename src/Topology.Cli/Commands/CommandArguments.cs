using CommandLine;

namespace Topology.Cli;

/// <summary>What every command takes.</summary>
internal abstract class CommandArguments
{
    [Option("debug", HelpText = "shows information logs and stack traces")]
    public bool Debug { get; set; }
}
