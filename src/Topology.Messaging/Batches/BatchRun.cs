namespace Topology.Messaging;

/// <summary>Rows of a batch that follow one another and are for one executor; they end where the next run begins.</summary>
/// <param name="Place">The receiving executor's place in its loop.</param>
/// <param name="First">The first row.</param>
internal readonly record struct BatchRun(ushort Place, ushort First);
