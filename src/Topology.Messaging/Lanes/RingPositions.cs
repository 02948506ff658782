using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>
/// How far the two sides of a ring are, and how far each last saw the other. The sides lie 128 bytes apart, since a core fetches cache lines in pairs.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 384)]
internal struct RingPositions
{
    // Written by the producer.
    [FieldOffset(128)]
    public long Tail;

    [FieldOffset(136)]
    public long HeadSeen;

    // Written by the consumer.
    [FieldOffset(256)]
    public long Head;

    [FieldOffset(264)]
    public long TailSeen;
}
