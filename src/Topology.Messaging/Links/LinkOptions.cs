namespace Topology.Messaging;

/// <summary>The limits of a worker's links. All workers of a topology have the same.</summary>
internal sealed record LinkOptions
{
    /// <summary>How often each connection says that it is alive and where it stands. Also how soon a lost last frame is noticed.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often hello is said until the peer does.</summary>
    public TimeSpan HelloInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A peer of which nothing was heard for this long is lost. Ten heartbeats: a pause of the garbage collector or of the host is no loss.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A peer that was not heard of at all within this is lost. Longer, since processes start one after the other.</summary>
    public TimeSpan ConnectLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A living peer that acknowledges nothing of what it was sent for this long is lost: sending again does not help, whatever the cause.</summary>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an acknowledgement may wait for company.</summary>
    public TimeSpan AcknowledgeDelay { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>So many frames are acknowledged without that wait.</summary>
    public int AcknowledgeFrames { get; init; } = 32;

    /// <summary>So many bytes are acknowledged without that wait.</summary>
    public int AcknowledgeBytes { get; init; } = 256 * 1024;

    /// <summary>
    /// Bytes of buffers with rows that wait for a peer, sent or not, before more are refused. Whole buffers count, however few bytes are written:
    /// 64 MiB are 819 of 80 KiB.
    /// </summary>
    public long KeptDataBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The same for everything that is not rows.</summary>
    public long KeptControlBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Frames that wait for a peer, sent or not, on each connection; rounded up to a power of two.</summary>
    public int KeptFrames { get; init; } = 4096;

    /// <summary>Bytes of a frame at most: the socket of a peer cuts the connection over a larger one.</summary>
    public int LargestFrame { get; init; } = (int)SocketDefaults.MaxMsgSize;

    /// <summary>Frames of rows that are read, and sent to each peer, before the control connections are looked at again: 1 MiB of full ones.</summary>
    public int DataFramesPerTurn { get; init; } = 16;

    /// <summary>The same for control frames.</summary>
    public int ControlFramesPerTurn { get; init; } = 256;

    /// <summary>The bytes that wait for a peer on a connection.</summary>
    public long KeptBytes(LinkConnection connection) => connection == LinkConnection.Data ? KeptDataBytes : KeptControlBytes;

    /// <summary>The frames of a turn on a connection.</summary>
    public int FramesPerTurn(LinkConnection connection) => connection == LinkConnection.Data ? DataFramesPerTurn : ControlFramesPerTurn;
}
