namespace Topology.Cli;

/// <summary>What <c>validate</c> takes.</summary>
internal sealed class ValidateArguments : TopologyArguments;
