using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>Owns one of libzmq's sockets, and keeps the context alive until it is closed.</summary>
/// <remarks>
/// A socket that was forgotten is closed by the finalizer thread: allowed, since nobody can be using it any more, and zmq_close never waits.
/// </remarks>
internal sealed class ZmqSocketHandle() : SafeHandle(0, ownsHandle: true)
{
    private readonly ZmqContextHandle _context = ZmqContext.Instance;
    private bool _holdsContext;

    public override bool IsInvalid => handle == 0;

    /// <summary>What libzmq calls take. Valid until the handle is disposed.</summary>
    public nint Pointer => handle;

    /// <exception cref="NetMQException">libzmq could not make one: too many sockets or file descriptors.</exception>
    public static ZmqSocketHandle Create(ZmqSocketType type)
    {
        var socket = new ZmqSocketHandle();
        socket._context.DangerousAddRef(ref socket._holdsContext);
        socket.SetHandle(LibZmq.Socket(socket._context.DangerousGetHandle(), (int)type));
        if (!socket.IsInvalid) return socket;

        // Leaves the error number as it is.
        socket._context.DangerousRelease();
        ZmqError.Throw($"making a {type} socket");
        return socket;
    }

    protected override unsafe bool ReleaseHandle()
    {
        // Else libzmq would go on to tell a monitor about the closing, and wait for ever if its reader is closed meanwhile.
        _ = LibZmq.Monitor(handle, null, 0);
        var closed = LibZmq.Close(handle) == 0;
        if (_holdsContext) _context.DangerousRelease();
        return closed;
    }
}
