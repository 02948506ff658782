using CommandLine;

namespace Topology.Cli;

/// <summary>What <c>workers</c> takes.</summary>
internal sealed class WorkersArguments : ReadingArguments
{
    [Value(0, MetaName = "NAME", HelpText = "a topology, by its name or its id; without it, all that have not ended")]
    public string? Name { get; set; }
}
