namespace Topology.Messaging;

/// <summary>Sends to one peer.</summary>
internal sealed class PushSocket() : NetMQSocket(ZmqSocketType.Push);
