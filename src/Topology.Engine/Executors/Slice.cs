using Topology.Messaging;

namespace Topology.Engine;

/// <summary>Rows of a batch that follow one another, for one executor.</summary>
/// <param name="Batch">The batch, on which the slice has a reference.</param>
/// <param name="First">The first row.</param>
/// <param name="Count">How many rows there are.</param>
/// <param name="Lane">The lane that they came by, whose sender's credit they take until they are done.</param>
internal readonly record struct Slice(TupleBatch Batch, int First, int Count, Lane Lane);
