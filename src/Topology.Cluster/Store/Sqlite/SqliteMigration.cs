using System.Collections.Immutable;

namespace Topology.Cluster;

/// <summary>Takes a file from one version of the schema to the next.</summary>
/// <param name="Statements">What to run, in order, in one transaction.</param>
internal sealed record SqliteMigration(ImmutableArray<string> Statements);
