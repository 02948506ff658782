namespace Topology.Messaging;

/// <summary>Says which frames have come in, so that their sender need not keep them.</summary>
/// <param name="Incarnation">The incarnation that sent them.</param>
/// <param name="Received">The last frame up to which all have come in.</param>
internal readonly record struct Acknowledgement(ulong Incarnation, ulong Received);
