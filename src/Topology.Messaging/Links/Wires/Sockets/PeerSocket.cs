namespace Topology.Messaging;

/// <summary>The socket that sends to a peer on one connection, and its monitor.</summary>
internal sealed class PeerSocket : IDisposable
{
    private readonly ZmqWire _wire;
    private readonly NetMQMonitor _monitor;
    private readonly SocketNews _room;
    private readonly SocketNews _events;

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
        Dealer.Connect(peer.EndpointOf(connection));
        _room = _wire.Watch(Dealer);
        _events = _wire.Watch(_monitor.Socket);
    }

    /// <summary>The socket.</summary>
    public DealerSocket Dealer { get; } = new();

    /// <summary>Handshakes that succeeded, of the news read so far.</summary>
    public int Connects => (int)_monitor.HandshakesSucceeded;

    /// <summary>Whether the peer turned it away, after which libzmq mostly does not try again (libzmq #3519): the peer may just not have heard of this worker yet.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>Sends a copy of a frame. A copy, always: the frame is kept for sending it again, and libzmq may hold on to bytes longer than it is kept.</summary>
    public bool TrySend(ReadOnlySpan<byte> frame) => Dealer.TrySendFrame(frame);

    /// <summary>Takes note of what came: connections, and room, which the next attempt to send finds.</summary>
    public void ReadNews()
    {
        if (_events.IsPending) ReadEvents();
        if (!_room.IsPending) return;
        _ = Dealer.HasOut;
        _room.IsPending = false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _wire.Unwatch(_room);
        _wire.Unwatch(_events);
        _monitor.Dispose();
        Dealer.Dispose();
    }

    private void ReadEvents()
    {
        while (_monitor.TryRead(out var news))
        {
            if ((news.Kind & SocketEvents.HandshakeFailed) != 0) IsGivenUp = true;
            else if ((news.Kind & (SocketEvents.Connected | SocketEvents.HandshakeSucceeded)) != 0) IsGivenUp = false;
        }

        _events.IsPending = false;
    }
}
