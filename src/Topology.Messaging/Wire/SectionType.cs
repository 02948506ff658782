namespace Topology.Messaging;

/// <summary>What a section of a frame holds; the extension type of its mark. Part of the format: add at the end, and never change one.</summary>
internal enum SectionType : byte
{
    /// <summary>No section.</summary>
    None = 0,

    /// <summary>Rows of one channel.</summary>
    Batch = 1,

    /// <summary>Messages to an acker.</summary>
    Acks = 2,

    /// <summary>What may be sent on channels.</summary>
    Credits = 3,

    /// <summary>The first of a connection: who is there, and what came in before.</summary>
    Hello = 4,

    /// <summary>The last of a connection: its sender sends no more.</summary>
    Goodbye = 5,

    /// <summary>Its sender is alive.</summary>
    Heartbeat = 6,

    /// <summary>Frames are missing.</summary>
    ResendRequest = 7,

    /// <summary>Frames have come in, which need not be kept.</summary>
    Acknowledgement = 8,

    /// <summary>A component has emitted its last in the sending worker.</summary>
    EndOfStream = 9,
}
