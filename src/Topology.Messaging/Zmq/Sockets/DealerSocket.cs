namespace Topology.Messaging;

/// <summary>Talks to one peer in both directions. Connected to several it deals frames out in turn, so give every peer one of its own.</summary>
internal sealed class DealerSocket() : NetMQSocket(ZmqSocketType.Dealer);
