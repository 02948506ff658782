namespace Topology.Messaging;

/// <summary>A call of libzmq that failed, or a library that cannot be used.</summary>
internal sealed class NetMQException(string message, ErrorCode errorCode = ErrorCode.Other) : TopologyException(message)
{
    /// <summary>What kind of failure it was.</summary>
    public ErrorCode ErrorCode { get; } = errorCode;
}
