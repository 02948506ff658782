using CommandLine;

namespace Topology.Cli;

/// <summary>What <c>completion</c> takes.</summary>
internal sealed class CompletionArguments : CommandArguments
{
    [Value(0, MetaName = "SHELL", Required = true, HelpText = "bash, zsh or fish")]
    public string Shell { get; set; } = "";
}
