namespace Topology.Cluster.Tests;

/// <summary>What an <see cref="FaultyBolt"/> does with a tuple.</summary>
internal delegate void FaultyExecute(TupleView tuple, BoltOutput output);
