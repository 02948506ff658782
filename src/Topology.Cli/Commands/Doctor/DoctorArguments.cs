using CommandLine;

namespace Topology.Cli;

/// <summary>What <c>doctor</c> takes.</summary>
internal sealed class DoctorArguments : ReadingArguments
{
    [Option("fix", HelpText = "removes what dead workers and daemons have left, and moves a damaged store aside, so that the next daemon begins with an empty one")]
    public bool Fix { get; set; }
}
