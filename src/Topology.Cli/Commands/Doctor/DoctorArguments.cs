using CommandLine;

namespace Topology.Cli;

/// <summary>What <c>doctor</c> takes.</summary>
internal sealed class DoctorArguments : ReadingArguments
{
    [Option("fix", HelpText = "removes what dead workers and daemons have left")]
    public bool Fix { get; set; }
}
