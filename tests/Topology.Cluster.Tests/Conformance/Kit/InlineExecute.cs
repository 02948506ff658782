namespace Topology.Cluster.Tests.Conformance;

/// <summary>What an <see cref="InlineBolt"/> does with a tuple.</summary>
internal delegate void InlineExecute(TupleView tuple, BoltOutput output);
