namespace Topology.Messaging;

/// <summary>
/// Carries frames over ZeroMQ: one router for each kind of connection that peers connect to, two dealers for each peer. Routers only receive: a message that a
/// router sends can vanish without a word. Nobody has a routing id of his own, since a router ignores who comes back with one before it noticed that he was gone.
/// </summary>
internal sealed class ZmqWire : ILinkWire
{
    private const int Connections = 2;

    /// <summary>What was sent last, an acknowledgement of a goodbye mostly, goes out in the background for so long after the close.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(1);

    private readonly LinkEndpoints _endpoints;
    private readonly LinkEndpoints? _near;
    private readonly LinkSecurity? _security;

    // Data and control, and behind them the same for peers of this host, where they have others.
    private readonly RouterSocket[] _routers;
    private readonly NetMQMonitor[] _monitors;
    private readonly List<SocketNews> _frames = [];
    private readonly List<SocketNews> _events = [];
    private readonly List<PeerSockets> _peers = [];
    private readonly NewsPoller _poller = new();
    private readonly PollSignal _signal = PollSignal.Create();
    private bool _hasLooked;
    private long _refusedHandshakes;

    // Written by the owner, and by whoever wakes it.
    private int _isWaiting;

    /// <summary>Listens. The calling thread owns the sockets.</summary>
    /// <param name="endpoints">Where.</param>
    /// <param name="security">Null only for sockets of a private folder.</param>
    /// <param name="largestFrame">A peer that sends a larger one is cut before it is read, in bytes.</param>
    /// <param name="near">Where peers of this host connect to without keys; null where all connect to the same.</param>
    /// <exception cref="NetMQException">There is no libzmq, or the addresses cannot be had.</exception>
    public ZmqWire(LinkEndpoints endpoints, LinkSecurity? security, int largestFrame, IpcEndpoints? near = null)
    {
        (_endpoints, _security, _near) = (endpoints, security, near);
        _routers = near is null ? [new(), new()] : [new(), new(), new(), new()];
        _monitors = Array.ConvertAll(_routers, router => new NetMQMonitor(router));
        try
        {
            for (var i = 0; i < _routers.Length; i++)
            {
                _routers[i].Options.MaxMsgSize = largestFrame;
                if (i < Connections) security?.Protect(_routers[i]);
                _frames.Add(_poller.Add(_routers[i]));
            }

            (DataEndpoint, ControlEndpoint) = endpoints.Bind(_routers[0], _routers[1]);
            if (near is not null) Near = near.Bind(_routers[Connections], _routers[Connections + 1]);
            foreach (var monitor in _monitors) _events.Add(_poller.Add(monitor.Socket));
            _poller.Add(_signal);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What peers connect to for rows.</summary>
    public string DataEndpoint { get; } = "";

    /// <summary>What peers connect to for everything else.</summary>
    public string ControlEndpoint { get; } = "";

    /// <summary>What peers of this host connect to for the one and the other; null where that is the same.</summary>
    public (string Data, string Control)? Near { get; }

    /// <inheritdoc/>
    public bool Authenticates(LinkPeer peer) => peer.Key is not null;

    /// <summary>Connections that were turned away before a frame was read: unknown or wrong keys, none, other protocols. Legal from any thread.</summary>
    public long RefusedHandshakes => Volatile.Read(ref _refusedHandshakes);

    /// <inheritdoc/>
    public void Require(LinkPeer peer)
    {
        if (peer.Key is not null && _security is null) throw new ArgumentException($"Worker {peer.Worker} has a public key, and these links are not encrypted.");
        if (peer.Key is null && _security is not null && _near is null) throw new ArgumentException($"Worker {peer.Worker} has no public key, and these links are encrypted.");
        if (peer.Key is null && !(IsIpc(peer.DataEndpoint) && IsIpc(peer.ControlEndpoint)))
            throw new ArgumentException($"Worker {peer.Worker} is at {peer.DataEndpoint}: links without keys are for ipc:// alone.");
    }

    /// <inheritdoc/>
    public void Admit(IReadOnlyList<LinkPeer> peers) => _security?.Admit([.. peers.Where(peer => peer.Key is not null)]);

    /// <inheritdoc/>
    public IPeerWire Connect(LinkPeer peer)
    {
        var sockets = new PeerSockets(peer, peer.Key is null ? null : _security, this);
        _peers.Add(sockets);
        return sockets;
    }

    /// <summary>Sees which sockets have news, unless the wait just before has.</summary>
    public void Refresh()
    {
        if (!_hasLooked) _poller.Poll(TimeSpan.Zero);
        _hasLooked = false;
        foreach (var peer in _peers) peer.ReadNews();
        for (var i = 0; i < _events.Count; i++)
            if (_events[i].IsPending) ReadEvents(i);
    }

    /// <inheritdoc/>
    public int Receive(LinkConnection connection, int most, IWireReceiver receiver)
    {
        var count = Receive((int)connection, connection, most, _security is not null, receiver);
        return _near is null ? count : count + Receive(Connections + (int)connection, connection, most, false, receiver);
    }

    /// <inheritdoc/>
    public void Wait(TimeSpan timeout, Func<bool> hasWork)
    {
        Interlocked.Exchange(ref _isWaiting, 1);
        var isSignalled = false;
        if (!hasWork())
        {
            isSignalled = _poller.Poll(timeout);
            _hasLooked = true;
        }

        // The signal of somebody who found the last wait just over is here without anybody having ended this one: left, it would end all that follow.
        if (Interlocked.Exchange(ref _isWaiting, 0) == 0 || isSignalled) _signal.Drain();
    }

    /// <inheritdoc/>
    public void Wake()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _isWaiting) == 0 || Interlocked.Exchange(ref _isWaiting, 0) == 0) return;
        try
        {
            _signal.Signal();
        }
        catch (ObjectDisposedException)
        {
            // The thread that was to be woken has just ended.
        }
    }

    /// <summary>Listens again where the sockets were taken away with their folder. For the owner; connections that are there stay.</summary>
    /// <exception cref="NetMQException">The addresses cannot be had.</exception>
    public void BindAgain()
    {
        try
        {
            if (_near is null) _endpoints.Bind(_routers[0], _routers[1]);
            else _near.Bind(_routers[Connections], _routers[Connections + 1]);
        }
        finally
        {
            // To bind takes what the descriptor would tell.
            foreach (var news in _frames) news.IsPending = true;
        }
    }

    /// <summary>Closes all sockets and takes away what they leave.</summary>
    public void Dispose()
    {
        foreach (var peer in _peers.ToArray())
        {
            peer.LingerFor(LastWords);
            peer.Dispose();
        }

        foreach (var monitor in _monitors) monitor.Dispose();
        foreach (var router in _routers) router.Dispose();
        _poller.Dispose();
        _signal.Dispose();
        _security?.Close();
        _endpoints.Remove();
        _near?.Remove();
    }

    /// <summary>A socket was made that has to do with a peer.</summary>
    internal SocketNews Watch(NetMQSocket socket) => _poller.Add(socket);

    /// <summary>Such a socket is about to be closed.</summary>
    internal void Unwatch(SocketNews news) => _poller.Remove(news);

    /// <summary>A peer is left.</summary>
    internal void Forget(PeerSockets peer) => _peers.Remove(peer);

    private int Receive(int socket, LinkConnection connection, int most, bool isEncrypted, IWireReceiver receiver)
    {
        var (router, news) = (_routers[socket], _frames[socket]);
        if (!news.IsPending) return 0;
        Msg identity = default, frame = default;
        try
        {
            var (count, refused) = (0, router.MultipartRefused);
            for (; count < most && router.TryReceive(ref identity, ref frame); count++)
                receiver.OnFrame(connection, frame.Data, isEncrypted ? frame.UserId : default);

            // A message that was refused ends the call as well, and others may be behind it.
            news.IsPending = count == most || router.MultipartRefused != refused;
            return count;
        }
        finally
        {
            identity.Close();
            frame.Close();
        }
    }

    private static bool IsIpc(string endpoint) => endpoint.StartsWith("ipc://", StringComparison.Ordinal);

    private void ReadEvents(int connection)
    {
        while (_monitors[connection].TryRead(out _))
        {
        }

        _events[connection].IsPending = false;
        Volatile.Write(ref _refusedHandshakes, _monitors.Sum(monitor => monitor.HandshakesFailed));
    }
}
