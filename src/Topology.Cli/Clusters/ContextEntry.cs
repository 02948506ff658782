namespace Topology.Cli;

/// <summary>A cluster that was given a name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Address">Where its daemon answers.</param>
/// <param name="TokenFile">The full path of the file with its token. The token itself is kept nowhere else.</param>
/// <param name="IsCurrent">Whether it is meant where nothing is said.</param>
internal sealed record ContextEntry(string Name, Uri Address, string TokenFile, bool IsCurrent);
