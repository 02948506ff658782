namespace Topology.Messaging;

/// <summary>What every socket begins with. Each option that matters is set, also where libzmq's default would do, so that this is the whole truth.</summary>
internal static class SocketDefaults
{
    /// <summary>16 MiB: twice the largest value (8 MiB) with its frame around it. libzmq would take any length that a stranger's header names.</summary>
    public const long MaxMsgSize = 16 * 1024 * 1024;

    /// <summary>
    /// Messages, on each side. Flow is controlled by credits, so this only has to keep a connection busy: 64 frames of 64 KiB are 4 MiB. An ack behind
    /// 1,000 such frames (libzmq's default) waited 287 ms, behind 64 of them 18 ms.
    /// </summary>
    public const int HighWatermark = 64;

    /// <summary>Connections that may wait while the I/O thread is busy: as many workers may start at once. libzmq's 100 would turn some away.</summary>
    public const int Backlog = 1024;

    /// <summary>Nothing outlives a close: what has to arrive is acknowledged before. libzmq's default waits for ever.</summary>
    public static readonly TimeSpan Linger = TimeSpan.Zero;

    /// <summary>5 s instead of 30 for a stranger's half handshake to hold a file descriptor.</summary>
    public static readonly TimeSpan HandshakeInterval = TimeSpan.FromSeconds(5);

    /// <summary>Off by default in libzmq, and then a host that vanishes without a word is never noticed.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(2);

    /// <summary>Three heartbeats, for both directions.</summary>
    public static readonly TimeSpan HeartbeatTimeout = TimeSpan.FromSeconds(6);

    /// <summary>A worker that restarts is found within this.</summary>
    public static readonly TimeSpan ReconnectInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>The wait doubles up to this, so that a host that is away costs next to nothing.</summary>
    public static readonly TimeSpan ReconnectIntervalMax = TimeSpan.FromSeconds(2);

    /// <summary>Where the system would try for two minutes.</summary>
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    public static void Apply(SocketOptions options, ZmqSocketType type)
    {
        options.Linger = Linger;
        options.SendHighWatermark = HighWatermark;
        options.ReceiveHighWatermark = HighWatermark;
        options.MaxMsgSize = MaxMsgSize;
        options.HandshakeInterval = HandshakeInterval;
        options.HeartbeatInterval = HeartbeatInterval;
        options.HeartbeatTimeout = HeartbeatTimeout;
        options.HeartbeatTtl = HeartbeatTimeout;
        options.ReconnectInterval = ReconnectInterval;
        options.ReconnectIntervalMax = ReconnectIntervalMax;
        options.ConnectTimeout = ConnectTimeout;
        options.TcpKeepalive = true;
        options.Backlog = Backlog;
        options.IPv6 = false;

        // What waits for a peer that is away would go to whoever answers at its address next. So nothing waits: the link keeps frames and sends again.
        options.DelayAttachOnConnect = true;
        if (type != ZmqSocketType.Router) return;

        // A frame for nobody is an answer, not a loss; and an identity belongs to the first who has it.
        options.RouterMandatory = true;
        options.RouterHandover = false;
    }
}
