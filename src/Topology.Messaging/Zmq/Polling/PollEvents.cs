namespace Topology.Messaging;

/// <summary>What a socket or file descriptor is waited for, or can do: zmq_poll's numbers.</summary>
[Flags]
internal enum PollEvents : short
{
    None = 0,

    /// <summary>Something can be received or read.</summary>
    In = 1,

    /// <summary>Something can be sent or written.</summary>
    Out = 2,

    /// <summary>A file descriptor has failed. Sockets never say so.</summary>
    Error = 4,
}
