using CommandLine;

namespace Topology.Cli;

/// <summary>What <c>supervisors</c> takes.</summary>
internal sealed class SupervisorsArguments : ReadingArguments
{
    [Option("forget", MetaValue = "NAME", HelpText = "lets this one in no more; others take the place of its workers once those are dead")]
    public string? Forget { get; set; }
}
