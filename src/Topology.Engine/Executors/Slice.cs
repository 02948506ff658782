using Topology.Messaging;

namespace Topology.Engine;

/// <summary>The rows of one batch that one executor receives.</summary>
/// <param name="Batch">The batch, on which the slice has a reference.</param>
/// <param name="First">The first row; the others follow by <see cref="Row.Next"/>.</param>
/// <param name="Count">How many rows there are.</param>
/// <param name="Sender">The executor that sent them, whose credit they take until they are done.</param>
internal readonly record struct Slice(TupleBatch Batch, int First, int Count, int Sender);
