namespace Topology.Messaging;

/// <summary>What became of a frame that was offered to a socket.</summary>
internal enum SendResult
{
    /// <summary>libzmq has it. That is no promise that it arrives: a connection that breaks takes along what was on its way.</summary>
    Sent,

    /// <summary>Nothing was taken: the queue is at its high-water mark, or no peer is connected. Try again when the socket can be written.</summary>
    Full,

    /// <summary>Nothing was taken: a router knows no peer of that identity.</summary>
    Unreachable,
}
