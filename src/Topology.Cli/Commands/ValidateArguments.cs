using CommandLine;

namespace Topology.Cli;

/// <summary>What <c>validate</c> takes.</summary>
[Verb("validate", HelpText = "prints a topology's plan, or every error in it, and runs nothing")]
internal sealed class ValidateArguments : TopologyArguments;
