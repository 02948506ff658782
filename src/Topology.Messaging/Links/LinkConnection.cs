namespace Topology.Messaging;

/// <summary>The two connections from one worker to another. Their numbers are part of the wire format.</summary>
internal enum LinkConnection : byte
{
    /// <summary>Rows.</summary>
    Data = 0,

    /// <summary>Acks, credits and whatever else must not wait behind rows. Read and written first.</summary>
    Control = 1,
}
