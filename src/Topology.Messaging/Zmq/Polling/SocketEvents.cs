namespace Topology.Messaging;

/// <summary>What happens to a socket's connections: libzmq's numbers (zmq_socket_monitor(3)).</summary>
[Flags]
internal enum SocketEvents
{
    None = 0,

    /// <summary>A connection to a peer stands; its handshake begins.</summary>
    Connected = 0x0001,

    /// <summary>Another attempt to connect begins; the value is the wait before it, in milliseconds.</summary>
    ConnectRetried = 0x0004,

    /// <summary>The socket listens.</summary>
    Listening = 0x0008,

    /// <summary>A peer's connection was accepted; its handshake begins.</summary>
    Accepted = 0x0020,

    /// <summary>A connection could not be accepted, for want of file descriptors for instance.</summary>
    AcceptFailed = 0x0040,

    /// <summary>A connection ended, by whichever side.</summary>
    Disconnected = 0x0200,

    /// <summary>A handshake ended early; the value is the system's error number. A stranger that hangs up counts here too.</summary>
    HandshakeFailedNoDetail = 0x0800,

    /// <summary>The peer is who it says, or none was asked.</summary>
    HandshakeSucceeded = 0x1000,

    /// <summary>A peer that speaks no ZMTP, another security mechanism, or has another server's key.</summary>
    HandshakeFailedProtocol = 0x2000,

    /// <summary>The ZAP handler refused; the value is its status: 300, 400 or 500.</summary>
    HandshakeFailedAuth = 0x4000,

    /// <summary>A handshake that came to nothing, for whatever reason.</summary>
    HandshakeFailed = HandshakeFailedNoDetail | HandshakeFailedProtocol | HandshakeFailedAuth,

    /// <summary>What a link wants to know.</summary>
    Connections = Connected | Accepted | AcceptFailed | Disconnected | HandshakeSucceeded | HandshakeFailed,
}
