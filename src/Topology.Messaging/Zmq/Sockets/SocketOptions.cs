using System.Text;

namespace Topology.Messaging;

/// <summary>A socket's options. Most count only for later binds and connects, so set them before. <see cref="SocketDefaults"/> sets all of them first.</summary>
internal sealed unsafe class SocketOptions(NetMQSocket socket)
{
    private ZapHandler? _zap;

    /// <summary>How the peer's router knows this socket: 1 to 255 bytes, the first not zero. Unset, the router makes one up.</summary>
    public ReadOnlySpan<byte> Identity
    {
        set => SetBytes(ZmqOption.RoutingId, value);
    }

    /// <summary>How long frames not yet sent live on after a close.</summary>
    public TimeSpan Linger { get => GetTime(ZmqOption.Linger); set => SetTime(ZmqOption.Linger, value); }

    /// <summary>How many messages wait for each peer before a send is refused; 0: any number.</summary>
    public int SendHighWatermark { get => GetInt(ZmqOption.SendHighWatermark); set => SetInt(ZmqOption.SendHighWatermark, value); }

    /// <summary>How many received messages of each peer wait before its connection is no longer read; 0: any number.</summary>
    public int ReceiveHighWatermark { get => GetInt(ZmqOption.ReceiveHighWatermark); set => SetInt(ZmqOption.ReceiveHighWatermark, value); }

    /// <summary>The largest frame accepted, in bytes; a peer that sends a larger one is disconnected before the frame is read. -1: any.</summary>
    public long MaxMsgSize
    {
        set
        {
            if (LibZmq.SetOption(socket.Owned, (int)ZmqOption.MaxMessageSize, &value, sizeof(long)) != 0) Throw(ZmqOption.MaxMessageSize);
        }
    }

    /// <summary>Whether a router refuses what it cannot route, instead of dropping it.</summary>
    public bool RouterMandatory { set => SetInt(ZmqOption.RouterMandatory, value ? 1 : 0); }

    /// <summary>Whether a newcomer takes an identity over that a router knows already. Only with authenticated identities: else anyone takes anyone's.</summary>
    public bool RouterHandover { set => SetInt(ZmqOption.RouterHandover, value ? 1 : 0); }

    /// <summary>How long to wait before the first attempt to connect again.</summary>
    public TimeSpan ReconnectInterval { get => GetTime(ZmqOption.ReconnectInterval); set => SetTime(ZmqOption.ReconnectInterval, value); }

    /// <summary>Up to where that wait doubles.</summary>
    public TimeSpan ReconnectIntervalMax { get => GetTime(ZmqOption.ReconnectIntervalMax); set => SetTime(ZmqOption.ReconnectIntervalMax, value); }

    /// <summary>Whether frames wait only for peers that are connected (ZMQ_IMMEDIATE). Then a send before that is refused.</summary>
    public bool DelayAttachOnConnect { get => GetInt(ZmqOption.Immediate) != 0; set => SetInt(ZmqOption.Immediate, value ? 1 : 0); }

    /// <summary>How long a connection may take to become one; a half handshake is cut then.</summary>
    public TimeSpan HandshakeInterval { get => GetTime(ZmqOption.HandshakeInterval); set => SetTime(ZmqOption.HandshakeInterval, value); }

    /// <summary>How often a peer is pinged. Zero: never.</summary>
    public TimeSpan HeartbeatInterval { get => GetTime(ZmqOption.HeartbeatInterval); set => SetTime(ZmqOption.HeartbeatInterval, value); }

    /// <summary>How long the answer to a ping may take before the connection is cut.</summary>
    public TimeSpan HeartbeatTimeout { get => GetTime(ZmqOption.HeartbeatTimeout); set => SetTime(ZmqOption.HeartbeatTimeout, value); }

    /// <summary>After what silence of this side the peer is to cut the connection. In tenths of a second; less is nothing.</summary>
    public TimeSpan HeartbeatTtl { get => GetTime(ZmqOption.HeartbeatTtl); set => SetTime(ZmqOption.HeartbeatTtl, value); }

    /// <summary>How long the system may try to connect.</summary>
    public TimeSpan ConnectTimeout { get => GetTime(ZmqOption.ConnectTimeout); set => SetTime(ZmqOption.ConnectTimeout, value); }

    /// <summary>Whether the system probes a silent TCP connection.</summary>
    public bool TcpKeepalive { get => GetInt(ZmqOption.TcpKeepAlive) == 1; set => SetInt(ZmqOption.TcpKeepAlive, value ? 1 : 0); }

    /// <summary>How many connections may wait to be accepted.</summary>
    public int Backlog { get => GetInt(ZmqOption.Backlog); set => SetInt(ZmqOption.Backlog, value); }

    /// <summary>Whether IPv6 addresses can be bound and connected to, beside IPv4.</summary>
    public bool IPv6 { get => GetInt(ZmqOption.IPv6) != 0; set => SetInt(ZmqOption.IPv6, value ? 1 : 0); }

    /// <summary>
    /// Readable when libzmq has news for the socket: frames, room, connections. It stays so until a call that receives, or asks what can be done, has taken them in; what a call
    /// that sends takes in is told of no more.
    /// </summary>
    public nint Descriptor
    {
        get
        {
            nint descriptor = 0;
            var length = (nuint)(OperatingSystem.IsWindows() ? sizeof(nint) : sizeof(int));
            if (LibZmq.GetOption(socket.Owned, (int)ZmqOption.Descriptor, &descriptor, &length) != 0) Throw(ZmqOption.Descriptor);
            return OperatingSystem.IsWindows() ? descriptor : (int)descriptor;
        }
    }

    /// <summary>What was bound or connected last, with the port that the system chose. Empty before.</summary>
    public string LastEndpoint
    {
        get
        {
            Span<byte> text = stackalloc byte[1024];
            var length = (nuint)text.Length;
            fixed (byte* start = text)
                if (LibZmq.GetOption(socket.Owned, (int)ZmqOption.LastEndpoint, start, &length) != 0) Throw(ZmqOption.LastEndpoint);
            return Encoding.UTF8.GetString(text[..(int)length].TrimEnd((byte)0));
        }
    }

    /// <summary>
    /// Encrypts, and lets in only whom the handler's allow-list holds for this domain. libzmq lets everyone in when there is no handler, or no domain, or
    /// no order to enforce it; there is no other way here to make a CURVE server, so none of the three can be forgotten.
    /// </summary>
    /// <param name="certificate">This side's keys.</param>
    /// <param name="zap">The running handler of the process.</param>
    /// <param name="domain">The list to look into: 1 to 255 bytes of UTF-8.</param>
    /// <exception cref="NetMQException">The handler has ended, the domain is empty or too long, or the socket has a peer already, which came in unasked.</exception>
    public void SetCurveServer(NetMQCertificate certificate, ZapHandler zap, string domain)
    {
        RequireFresh();
        if (Encoding.UTF8.GetByteCount(domain) is 0 or > 255)
            throw new NetMQException("A CURVE server needs a ZAP domain of 1 to 255 bytes: without one libzmq asks nobody whom to let in.");
        if (!zap.IsRunning) throw new NetMQException("A CURVE server needs a ZAP handler that runs: without one nobody could be let in.");
        SetBytes(ZmqOption.ZapDomain, Encoding.UTF8.GetBytes(domain));
        SetInt(ZmqOption.ZapEnforceDomain, 1);
        SetBytes(ZmqOption.CurveSecretKey, certificate.SecretKey);
        SetInt(ZmqOption.CurveServer, 1);
        _zap = zap;
    }

    /// <summary>Encrypts, and talks only to the server that holds the secret of this public key.</summary>
    /// <param name="certificate">This side's keys, whose public one the server has to allow.</param>
    /// <param name="serverKey">The server's public key, 32 bytes.</param>
    /// <exception cref="NetMQException">The socket was bound or connected before, in the clear.</exception>
    public void SetCurveClient(NetMQCertificate certificate, ReadOnlySpan<byte> serverKey)
    {
        RequireFresh();
        SetBytes(ZmqOption.CurvePublicKey, certificate.PublicKey);
        SetBytes(ZmqOption.CurveSecretKey, certificate.SecretKey);
        SetBytes(ZmqOption.CurveServerKey, serverKey);
    }

    /// <summary>Asked before every bind and connect.</summary>
    internal void RequireZapHandler()
    {
        if (_zap is { IsRunning: false }) throw new NetMQException("The ZAP handler of this CURVE server has ended, so nobody could be let in.");
    }

    internal int GetInt(ZmqOption option)
    {
        int value;
        nuint length = sizeof(int);
        while (LibZmq.GetOption(socket.Owned, (int)option, &value, &length) != 0)
            if (ZmqError.Last() != ErrorCode.Interrupted) Throw(option);
        return value;
    }

    private static void Throw(ZmqOption option) => ZmqError.Throw($"the option {option}");

    private void RequireFresh()
    {
        if (socket.HasEndpoint) throw new NetMQException("CURVE has to be set before the first bind or connect: what came before is in the clear.");
    }

    private void SetInt(ZmqOption option, int value)
    {
        if (LibZmq.SetOption(socket.Owned, (int)option, &value, sizeof(int)) != 0) Throw(option);
    }

    private void SetBytes(ZmqOption option, ReadOnlySpan<byte> value)
    {
        fixed (byte* start = value)
            if (LibZmq.SetOption(socket.Owned, (int)option, start, (nuint)value.Length) != 0) Throw(option);
    }

    private TimeSpan GetTime(ZmqOption option) => TimeSpan.FromMilliseconds(GetInt(option));

    private void SetTime(ZmqOption option, TimeSpan value) => SetInt(option, checked((int)value.TotalMilliseconds));
}
