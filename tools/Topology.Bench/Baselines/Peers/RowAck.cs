namespace Topology.Bench;

/// <summary>An ack of a loop by hand, as it is on the wire between two processes of one machine.</summary>
/// <param name="Root">The tree.</param>
/// <param name="Edges">The XOR of the edges that are done.</param>
internal readonly record struct RowAck(ulong Root, ulong Edges);
