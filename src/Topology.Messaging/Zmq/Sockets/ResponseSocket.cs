namespace Topology.Messaging;

/// <summary>Answers requests one by one: receive a whole message, then send its answer to whoever asked.</summary>
internal sealed class ResponseSocket() : NetMQSocket(ZmqSocketType.Response);
