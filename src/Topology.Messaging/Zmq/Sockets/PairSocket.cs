namespace Topology.Messaging;

/// <summary>Exactly one peer, within the process.</summary>
internal sealed class PairSocket() : NetMQSocket(ZmqSocketType.Pair);
