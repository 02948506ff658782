namespace Topology.Messaging;

/// <summary>The two sockets that send to a peer, each with its monitor. They live as long as the peer's incarnation.</summary>
internal sealed class PeerSockets : IPeerWire
{
    private readonly Action<PeerSockets> _onDispose;
    private readonly DealerSocket[] _sockets = new DealerSocket[2];
    private readonly NetMQMonitor[] _monitors = new NetMQMonitor[2];
    private readonly bool[] _wantsRoom = new bool[2];

    /// <param name="peer">Whom they send to.</param>
    /// <param name="security">Null over sockets of a private folder.</param>
    /// <param name="onDispose">Told when they are to be polled no more, just before they are closed.</param>
    public PeerSockets(LinkPeer peer, LinkSecurity? security, Action<PeerSockets> onDispose)
    {
        _onDispose = onDispose;
        foreach (var connection in (ReadOnlySpan<LinkConnection>)[LinkConnection.Data, LinkConnection.Control])
        {
            var socket = new DealerSocket();
            _sockets[(int)connection] = socket;
            _monitors[(int)connection] = new(socket);

            // Nobody answers on these: a peer that did would only fill memory.
            socket.Options.ReceiveHighWatermark = 1;
            security?.Protect(socket, peer);
            socket.Connect(peer.EndpointOf(connection));
        }
    }

    /// <summary>What the poller waits on for news of connections.</summary>
    public IEnumerable<NetMQSocket> Monitors => _monitors.Select(monitor => monitor.Socket);

    /// <summary>Whether they were closed.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>Handshakes that succeeded, of the news read so far.</summary>
    public int ConnectsOf(LinkConnection connection) => (int)_monitors[(int)connection].HandshakesSucceeded;

    /// <inheritdoc/>
    public bool TrySend(LinkConnection connection, ReadOnlySpan<byte> frame)
    {
        // A copy, always: the frame is kept for sending it again, and libzmq may hold on to bytes longer than it is kept.
        var isSent = !IsDisposed && _sockets[(int)connection].TrySendFrame(frame);
        _wantsRoom[(int)connection] = !isSent;
        return isSent;
    }

    /// <summary>The socket of a connection, and whether its last frame was refused.</summary>
    public (NetMQSocket Socket, bool WantsRoom) At(int connection) => (_sockets[connection], _wantsRoom[connection]);

    /// <summary>Reads the news of connections.</summary>
    public void ReadMonitors()
    {
        foreach (var monitor in _monitors)
            while (monitor.TryRead(out _))
            {
            }
    }

    /// <summary>Lets what was sent last go out in the background after the close, at most for so long.</summary>
    public void LingerFor(TimeSpan time)
    {
        foreach (var socket in _sockets) socket.Options.Linger = time;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (IsDisposed) return;
        IsDisposed = true;
        _onDispose(this);
        foreach (var monitor in _monitors) monitor.Dispose();
        foreach (var socket in _sockets) socket.Dispose();
    }
}
