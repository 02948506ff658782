namespace Topology.Messaging;

/// <summary>Says which frames have come in, so that their sender need not keep them.</summary>
/// <param name="Incarnation">The incarnation that sent them.</param>
/// <param name="Received">The last frame up to which all have come in.</param>
/// <param name="Connection">Which of the link's connections they came in on: 0 data, 1 control.</param>
internal readonly record struct Acknowledgement(ulong Incarnation, ulong Received, ulong Connection = 0);
