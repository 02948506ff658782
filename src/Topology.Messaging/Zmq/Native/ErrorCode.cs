namespace Topology.Messaging;

/// <summary>What libzmq's error number means, the same on every system although the numbers differ.</summary>
internal enum ErrorCode
{
    /// <summary>None of those below; the exception's message says which.</summary>
    Other,

    /// <summary>EINTR: a signal arrived, and the call is to be made again. Never leaves this binding.</summary>
    Interrupted,

    /// <summary>EAGAIN: it would have had to wait. A return value, not an exception, in all calls that try.</summary>
    TryAgain,

    /// <summary>EHOSTUNREACH: a router knows no peer of that identity.</summary>
    HostUnreachable,

    /// <summary>EADDRINUSE: the endpoint is bound already.</summary>
    AddressAlreadyInUse,

    /// <summary>EINVAL: an endpoint or option that makes no sense to libzmq.</summary>
    Invalid,
}
