namespace Topology.Messaging;

/// <summary>
/// The one ZeroMQ context of the process. It is made at the first use and lives as long as the process: two contexts with CURVE can crash each other
/// (both shut libsodium down), and ending one while sockets live waits for them for ever.
/// </summary>
internal static class ZmqContext
{
    /// <summary>One I/O thread moves about 2 GB/s; a worker has one link thread beside it.</summary>
    private const int IoThreads = 1;

    /// <summary>libzmq's own default, 1,023, is less than a daemon with some hundred workers and their monitors may need.</summary>
    private const int MaxSockets = 16_384;

    private static readonly Lazy<ZmqContextHandle> Only = new(Make);

    /// <exception cref="NetMQException">There is no libzmq that will do.</exception>
    public static ZmqContextHandle Instance => Only.Value;

    private static ZmqContextHandle Make()
    {
        ZmqLibrary.Require();
        var context = ZmqContextHandle.Create();
        context.Set(ContextOption.IoThreads, IoThreads);
        context.Set(ContextOption.MaxSockets, MaxSockets);
        context.Set(ContextOption.Blocky, 0);
        return context;
    }
}
