using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>Owns libzmq's context.</summary>
internal sealed class ZmqContextHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;

    /// <exception cref="NetMQException">libzmq could not make one.</exception>
    public static ZmqContextHandle Create()
    {
        var context = new ZmqContextHandle();
        context.SetHandle(LibZmq.ContextNew());
        if (context.IsInvalid) ZmqError.Throw("making the ZeroMQ context");
        return context;
    }

    /// <exception cref="NetMQException">The option or its value is refused.</exception>
    public void Set(ContextOption option, int value)
    {
        if (LibZmq.ContextSet(handle, (int)option, value) != 0) ZmqError.Throw($"setting the context's {option}");
    }

    protected override bool ReleaseHandle() => LibZmq.ContextTerminate(handle) == 0;
}
