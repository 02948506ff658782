namespace Topology.Cluster.Tests;

/// <summary>What an <see cref="FaultyBasicBolt"/> does with a tuple.</summary>
internal delegate void FaultyBasicExecute(TupleView tuple, AnchoredOutput output);
