namespace Topology.Messaging;

/// <summary>The numbers of libzmq's socket options (zmq_setsockopt(3)), those in use.</summary>
internal enum ZmqOption
{
    RoutingId = 5,
    Descriptor = 14,
    Events = 15,
    Linger = 17,
    ReconnectInterval = 18,
    Backlog = 19,
    ReconnectIntervalMax = 21,
    MaxMessageSize = 22,
    SendHighWatermark = 23,
    ReceiveHighWatermark = 24,
    LastEndpoint = 32,
    RouterMandatory = 33,
    TcpKeepAlive = 34,
    Immediate = 39,
    IPv6 = 42,
    CurveServer = 47,
    CurvePublicKey = 48,
    CurveSecretKey = 49,
    CurveServerKey = 50,
    ZapDomain = 55,
    RouterHandover = 56,
    HandshakeInterval = 66,
    HeartbeatInterval = 75,
    HeartbeatTtl = 76,
    HeartbeatTimeout = 77,
    ConnectTimeout = 79,
    ZapEnforceDomain = 93,
}
