using System.Buffers.Binary;
using System.Text;

namespace Topology.Messaging;

/// <summary>Tells what happens to a socket's connections. Read by the thread that owns the socket, in the same poll loop.</summary>
/// <remarks>
/// Disposed before or after the socket, as one likes. It has to be read: what was not read is kept without
/// a limit, by choice, because libzmq's I/O thread waits for room, and all connections of the process with it.
/// </remarks>
internal sealed unsafe class NetMQMonitor : IDisposable
{
    private static int _made;

    private readonly NetMQSocket _monitored;
    private readonly PairSocket _events = new();

    /// <exception cref="InvalidOperationException">The socket was bound or connected: libzmq would wait for a reader with what happens meanwhile.</exception>
    /// <exception cref="NetMQException">libzmq could not make its side of it.</exception>
    public NetMQMonitor(NetMQSocket socket, SocketEvents kinds = SocketEvents.Connections)
    {
        if (socket.HasEndpoint) throw new InvalidOperationException("A socket is monitored from before its first bind or connect, or not at all.");
        _monitored = socket;
        var endpoint = $"inproc://topology.monitor.{Interlocked.Increment(ref _made)}";
        fixed (byte* text = NativeText.ToNative(endpoint))
            if (LibZmq.Monitor(socket.Owned, text, (int)kinds) != 0) ZmqError.Throw("monitoring a socket");
        _events.Options.ReceiveHighWatermark = 0;
        _events.Connect(endpoint);
    }

    /// <summary>What to poll; readable when there is an event.</summary>
    public NetMQSocket Socket => _events;

    /// <summary>
    /// Connections that peers made, of the events read so far. Those that neither succeeded nor are under way were refused, also where libzmq tells of no
    /// failed handshake: it cuts a peer that speaks ZMTP 1.0 without a word.
    /// </summary>
    public long Accepted { get; private set; }

    /// <summary>Handshakes that failed, of the events read so far.</summary>
    public long HandshakesFailed { get; private set; }

    /// <summary>Handshakes that succeeded, of the events read so far.</summary>
    public long HandshakesSucceeded { get; private set; }

    /// <summary>Connections that ended, of the events read so far.</summary>
    public long Disconnects { get; private set; }

    /// <summary>The next event, without waiting.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryRead(out SocketEvent socketEvent)
    {
        socketEvent = default;
        Msg frame = default;
        try
        {
            if (!_events.TryReceive(ref frame)) return false;
            var kind = (SocketEvents)BinaryPrimitives.ReadUInt16LittleEndian(frame.Data);
            var value = BinaryPrimitives.ReadInt32LittleEndian(frame.Data[sizeof(ushort)..]);
            if (!_events.TryReceive(ref frame)) return false;
            socketEvent = new(kind, value, Encoding.UTF8.GetString(frame.Data));
            Count(kind);
            return true;
        }
        finally
        {
            frame.Close();
        }
    }

    /// <summary>Stops watching, then closes its own side: in the other order libzmq would wait for a reader that is gone.</summary>
    public void Dispose()
    {
        if (!_monitored.IsDisposed && !_events.IsDisposed) _ = LibZmq.Monitor(_monitored.Owned, null, 0);
        _events.Dispose();
    }

    private void Count(SocketEvents kind)
    {
        if ((kind & SocketEvents.HandshakeFailed) != 0) HandshakesFailed++;
        if (kind == SocketEvents.Accepted) Accepted++;
        if (kind == SocketEvents.HandshakeSucceeded) HandshakesSucceeded++;
        if (kind == SocketEvents.Disconnected) Disconnects++;
    }
}
