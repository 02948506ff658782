using Topology.Messaging;

namespace Topology.Engine;

/// <summary>The way to another worker. What was handed to it arrives once and in order, or the link is reported lost.</summary>
internal interface IPeerLink
{
    /// <summary>What frames begin with; their sequence is the link's affair.</summary>
    FrameHeader Header { get; }

    /// <summary>Where frames of rows are written.</summary>
    FrameBufferPool RowBuffers { get; }

    /// <summary>Where frames of acks and credits are written.</summary>
    FrameBufferPool ControlBuffers { get; }

    /// <summary>Hands over a frame of rows. False when the link has no room; legal from any thread.</summary>
    bool TrySendRows(FrameBuffer frame);

    /// <summary>Asks for an executor to be woken when there is room for rows. It tries once more afterwards.</summary>
    void WaitForRoom(int executor);

    /// <summary>Hands over a frame of acks or credits, which go before rows. Always taken, since credits bound them; legal from any thread.</summary>
    void SendControl(FrameBuffer frame);
}
