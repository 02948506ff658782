namespace Topology.Messaging;

/// <summary>Receives from all peers that push, fairly.</summary>
internal sealed class PullSocket() : NetMQSocket(ZmqSocketType.Pull);
