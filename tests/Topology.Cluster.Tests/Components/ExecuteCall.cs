namespace Topology.Cluster.Tests;

/// <summary>What an <see cref="InlineBolt"/> does with a tuple.</summary>
internal delegate void ExecuteCall(TupleView tuple, BoltOutput output);
