namespace Topology.Messaging;

/// <summary>Whether a socket may have something for its owner. Made by a <see cref="NewsPoller"/>.</summary>
internal sealed class SocketNews(NetMQSocket socket)
{
    /// <summary>The socket.</summary>
    public NetMQSocket Socket => socket;

    /// <summary>What the poller waits on.</summary>
    internal nint Descriptor { get; } = socket.Options.Descriptor;

    /// <summary>
    /// Whether something came since the owner emptied the socket last. Set by the poller, and from the beginning; reset by the owner once a call has said that there is nothing,
    /// since libzmq tells of news once and not again.
    /// </summary>
    public bool IsPending { get; set; } = true;
}
