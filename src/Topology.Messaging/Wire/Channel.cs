namespace Topology.Messaging;

/// <summary>A way of rows from one sender to one receiver, with its own order, sequence and credit. What the numbers stand for is the plan's affair.</summary>
/// <param name="From">The sender: an executor or a task.</param>
/// <param name="To">The receiver: a loop, an executor or a task.</param>
internal readonly record struct Channel(uint From, uint To);
