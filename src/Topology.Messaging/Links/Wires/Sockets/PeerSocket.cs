namespace Topology.Messaging;

/// <summary>The socket that sends to a peer on one connection, and its monitor.</summary>
internal sealed class PeerSocket : IDisposable
{
    private readonly ZmqWire _wire;
    private readonly NetMQMonitor _monitor;

    /// <param name="wire">What polls it.</param>
    /// <param name="peer">Whom it sends to.</param>
    /// <param name="connection">On which connection.</param>
    /// <param name="security">Null over sockets of a private folder.</param>
    public PeerSocket(ZmqWire wire, LinkPeer peer, LinkConnection connection, LinkSecurity? security)
    {
        _wire = wire;
        _monitor = new(Dealer);

        // Nobody answers on it: a peer that did would only fill memory.
        Dealer.Options.ReceiveHighWatermark = 1;
        security?.Protect(Dealer, peer);
        _wire.Watch(_monitor);
        Dealer.Connect(peer.EndpointOf(connection));
    }

    /// <summary>The socket.</summary>
    public DealerSocket Dealer { get; } = new();

    /// <summary>Handshakes that succeeded, of the news read so far.</summary>
    public int Connects => (int)_monitor.HandshakesSucceeded;

    /// <summary>Whether the last frame was refused.</summary>
    public bool WantsRoom { get; private set; }

    /// <summary>Whether the peer turned it away, after which libzmq mostly does not try again (libzmq #3519): the peer may just not have heard of this worker yet.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>Sends a copy of a frame. A copy, always: the frame is kept for sending it again, and libzmq may hold on to bytes longer than it is kept.</summary>
    public bool TrySend(ReadOnlySpan<byte> frame)
    {
        var isSent = Dealer.TrySendFrame(frame);
        WantsRoom = !isSent;
        return isSent;
    }

    /// <summary>Reads the news of connections.</summary>
    public void ReadMonitor()
    {
        while (_monitor.TryRead(out var news))
        {
            if ((news.Kind & SocketEvents.HandshakeFailed) != 0) IsGivenUp = true;
            else if ((news.Kind & (SocketEvents.Connected | SocketEvents.HandshakeSucceeded)) != 0) IsGivenUp = false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _wire.Unwatch(Dealer, _monitor);
        _monitor.Dispose();
        Dealer.Dispose();
    }
}
