using System.Diagnostics.CodeAnalysis;

namespace Topology.Messaging;

/// <summary>
/// A ZeroMQ socket. One thread owns it, at first the one that made it, and every call checks that: libzmq's sockets are not thread-safe, and two threads
/// in one end the process at best. <see cref="HandOver"/> and <see cref="TakeOver"/> move it to another thread.
/// </summary>
/// <remarks>There is no Disconnect: within a half-read message it ends the process, so a peer is left by closing the socket.</remarks>
internal abstract unsafe partial class NetMQSocket : IDisposable
{
    private const int Nobody = 0;
    private const int Disposed = -1;

    private readonly ZmqSocketHandle _handle;
    private readonly nint _pointer;
    private int _owner = Environment.CurrentManagedThreadId;

    /// <exception cref="NetMQException">There is no libzmq that will do, or there are too many sockets.</exception>
    private protected NetMQSocket(ZmqSocketType type)
    {
        Type = type;
        _handle = ZmqSocketHandle.Create(type);
        _pointer = _handle.Pointer;
        Options = new(this);
        SocketDefaults.Apply(Options, type);
    }

    public SocketOptions Options { get; }

    /// <summary>Whether it was closed.</summary>
    public bool IsDisposed => Volatile.Read(ref _owner) == Disposed;

    /// <summary>Whether a frame can be received at once.</summary>
    public bool HasIn => (Events & PollEvents.In) != 0;

    /// <summary>Whether a frame can be sent at once.</summary>
    public bool HasOut => (Events & PollEvents.Out) != 0;

    internal ZmqSocketType Type { get; }

    /// <summary>Whether it was bound or connected; most options count only before.</summary>
    internal bool HasEndpoint { get; private set; }

    /// <summary>What libzmq calls take, once it is sure that the caller may make them.</summary>
    /// <exception cref="InvalidOperationException">The caller's thread does not own the socket.</exception>
    /// <exception cref="ObjectDisposedException">It was closed.</exception>
    internal nint Owned
    {
        get
        {
            if (Environment.CurrentManagedThreadId != _owner) ThrowNotOwner();
            return _pointer;
        }
    }

    private PollEvents Events => (PollEvents)Options.GetInt(ZmqOption.Events);

    /// <summary>
    /// Listens: "tcp://127.0.0.1:20000", "tcp://127.0.0.1:*" for a port that the system chooses, "ipc:///path", "inproc://name".
    /// A second bind of an ipc path that is in use takes it from its owner without an error.
    /// </summary>
    /// <exception cref="NetMQException">The address is in use or makes no sense, or a CURVE server's ZAP handler has ended.</exception>
    public void Bind(string address) => Attach("binding", address, &LibZmq.Bind);

    /// <summary>Binds a port that the system chooses on a TCP address such as "tcp://127.0.0.1", and returns it.</summary>
    /// <remarks>
    /// Such a port is from the range of outgoing connections, where one to a dead peer of the same host can meet itself. Workers bind ports from a range
    /// of their own with <see cref="BindFreePort"/>.
    /// </remarks>
    public int BindRandomPort(string address)
    {
        Bind($"{address}:*");
        var endpoint = Options.LastEndpoint;
        return int.Parse(endpoint.AsSpan(endpoint.LastIndexOf(':') + 1));
    }

    /// <summary>Binds the first free port from a range, beginning somewhere within it, and returns it.</summary>
    /// <param name="address">Such as "tcp://127.0.0.1".</param>
    /// <param name="first">The lowest port.</param>
    /// <param name="count">How many ports there are to choose from.</param>
    /// <param name="chance">Where to begin, so that processes that start together rarely meet.</param>
    /// <exception cref="NetMQException">No port is free.</exception>
    public int BindFreePort(string address, int first, int count, Random chance)
    {
        var start = chance.Next(count);
        for (var i = 0; ; i++)
        {
            var port = first + (start + i) % count;
            try
            {
                Bind($"{address}:{port}");
                return port;
            }
            catch (NetMQException error) when (error.ErrorCode == ErrorCode.AddressAlreadyInUse && i < count - 1)
            {
            }
        }
    }

    /// <summary>Begins to connect and returns at once; libzmq connects again whenever the connection breaks.</summary>
    /// <exception cref="NetMQException">The address makes no sense, or a CURVE server's ZAP handler has ended.</exception>
    public void Connect(string address) => Attach("connecting to", address, &LibZmq.Connect);

    /// <summary>Stops listening. Connections that were made stay.</summary>
    /// <exception cref="NetMQException">The address is not bound.</exception>
    /// <exception cref="InvalidOperationException">A message was received in part; libzmq would end the process.</exception>
    public void Unbind(string address)
    {
        if (_isWithinMessage) throw new InvalidOperationException("The rest of a message has to be received before an unbind.");
        Call("unbinding", address, &LibZmq.Unbind);
    }

    /// <summary>Waits until a frame can be received or sent, as asked for; returns what can be done, <see cref="PollEvents.None"/> after the timeout.</summary>
    /// <param name="events">What to wait for.</param>
    /// <param name="timeout">At least a millisecond to wait at all; <see cref="Timeout.InfiniteTimeSpan"/>: for ever.</param>
    public PollEvents Poll(PollEvents events, TimeSpan timeout)
    {
        Span<byte> item = stackalloc byte[PollItems.ItemSize];
        PollItems.Write(item, Owned, 0, events);
        fixed (byte* start = item)
            PollItems.Poll(start, 1, timeout);
        return PollItems.Ready(item);
    }

    /// <summary>Gives the socket up: it belongs to nobody until some thread takes it over. To be called by the owner.</summary>
    public void HandOver()
    {
        _ = Owned;
        Interlocked.Exchange(ref _owner, Nobody);
    }

    /// <summary>Makes the calling thread the owner of a socket that was handed over.</summary>
    /// <exception cref="InvalidOperationException">It still has an owner.</exception>
    /// <exception cref="ObjectDisposedException">It was closed.</exception>
    public void TakeOver()
    {
        if (Interlocked.CompareExchange(ref _owner, Environment.CurrentManagedThreadId, Nobody) != Nobody) ThrowNotOwner();
    }

    /// <summary>
    /// Closes it, without waiting: frames not yet sent are dropped unless <see cref="SocketOptions.Linger"/> says otherwise. Legal for the owner, and
    /// for anyone where there is none. Harmless a second time.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another thread owns it.</exception>
    public void Close()
    {
        if (IsDisposed) return;
        if (Volatile.Read(ref _owner) == Nobody) TakeOver();
        _ = Owned;
        Volatile.Write(ref _owner, Disposed);
        _handle.Dispose();
    }

    /// <inheritdoc cref="Close"/>
    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    private void Attach(string verb, string address, delegate*<nint, byte*, int> function)
    {
        // An abstract socket has no permissions: every user of the host could connect to it.
        if (address.StartsWith("ipc://@", StringComparison.Ordinal))
            throw new NetMQException($"{verb} {address} is refused: an abstract socket has no permissions.", ErrorCode.Invalid);
        Options.RequireZapHandler();
        Call(verb, address, function);
        HasEndpoint = true;
    }

    private void Call(string verb, string address, delegate*<nint, byte*, int> function)
    {
        var socket = Owned;
        fixed (byte* text = NativeText.ToNative(address))
            while (function(socket, text) != 0)
                if (ZmqError.Last() != ErrorCode.Interrupted) ZmqError.Throw($"{verb} {address}");
    }

    [DoesNotReturn]
    private void ThrowNotOwner()
    {
        var owner = Volatile.Read(ref _owner);
        ObjectDisposedException.ThrowIf(owner == Disposed, this);
        throw new InvalidOperationException(owner == Nobody
            ? $"This {Type} socket was handed over and belongs to nobody: the thread that is to use it has to call TakeOver."
            : $"This {Type} socket belongs to thread {owner} and was used by thread {Environment.CurrentManagedThreadId}: the owner has to call HandOver first.");
    }
}
