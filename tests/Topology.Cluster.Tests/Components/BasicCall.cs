namespace Topology.Cluster.Tests;

/// <summary>What an <see cref="InlineBasicBolt"/> does with a tuple.</summary>
internal delegate void BasicCall(TupleView tuple, AnchoredOutput output);
