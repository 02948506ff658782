namespace Topology.Messaging;

/// <summary>The two sockets that send to a peer. They live as long as the peer's incarnation, unless it turns one away.</summary>
internal sealed class PeerSockets : IPeerWire
{
    private static readonly LinkConnection[] Both = [LinkConnection.Data, LinkConnection.Control];

    private readonly LinkPeer _peer;
    private readonly LinkSecurity? _security;
    private readonly ZmqWire _wire;
    private readonly PeerSocket[] _sockets;
    private readonly int[] _connectsBefore = new int[2];

    /// <param name="peer">Whom they send to.</param>
    /// <param name="security">Null over sockets of a private folder.</param>
    /// <param name="wire">What polls them.</param>
    public PeerSockets(LinkPeer peer, LinkSecurity? security, ZmqWire wire)
    {
        (_peer, _security, _wire) = (peer, security, wire);
        _sockets = Array.ConvertAll(Both, Open);
    }

    /// <summary>Whether they were closed.</summary>
    public bool IsDisposed { get; private set; }

    /// <inheritdoc/>
    public int ConnectsOf(LinkConnection connection) => _connectsBefore[(int)connection] + _sockets[(int)connection].Connects;

    /// <inheritdoc/>
    public bool TrySend(LinkConnection connection, ReadOnlySpan<byte> frame) => !IsDisposed && _sockets[(int)connection].TrySend(frame);

    /// <inheritdoc/>
    public void Retry()
    {
        if (IsDisposed) return;
        foreach (var connection in Both)
        {
            ref var socket = ref _sockets[(int)connection];
            if (!socket.IsGivenUp) continue;
            _connectsBefore[(int)connection] += socket.Connects;
            socket.Dispose();
            socket = Open(connection);
        }
    }

    /// <summary>Takes note of what came for them.</summary>
    public void ReadNews()
    {
        foreach (var socket in _sockets) socket.ReadNews();
    }

    /// <summary>Lets what was sent last go out in the background after the close, at most for so long.</summary>
    public void LingerFor(TimeSpan time)
    {
        foreach (var socket in _sockets) socket.Dealer.Options.Linger = time;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (IsDisposed) return;
        IsDisposed = true;
        _wire.Forget(this);
        foreach (var socket in _sockets) socket.Dispose();
    }

    private PeerSocket Open(LinkConnection connection) => new(_wire, _peer, connection, _security);
}
