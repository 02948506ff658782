using System.Buffers.Binary;

namespace Topology.Messaging;

/// <summary>What every frame begins with.</summary>
/// <param name="Topology">The topology's number.</param>
/// <param name="Generation">The generation of the topology's assignment that the sender works for.</param>
/// <param name="Incarnation">The sender's incarnation: another each time its process starts.</param>
/// <param name="Sequence">The frame's place on the link: each frame one more than the one before.</param>
internal readonly record struct FrameHeader(ulong Topology, ulong Generation, ulong Incarnation, ulong Sequence)
{
    /// <summary>The version of the format that is written here, and the only one that is read.</summary>
    public const uint Version = 1;

    /// <summary>The bytes from the frame's begin to its first section.</summary>
    public const int Size = 42;

    /// <summary>The extension type that marks it.</summary>
    public const sbyte Extension = 0x54;

    private const int SectionCountAt = 1;
    private const int ContentAt = 6;
    private const int ContentSize = 36;
    private const int SequenceAt = ContentAt + 28;

    /// <summary>Writes it into the first <see cref="Size"/> bytes of a frame. The number of sections comes when it is known.</summary>
    public void Write(Span<byte> frame)
    {
        frame[0] = MessagePackCode.Array16;
        WriteSectionCount(frame, 0);
        frame[3] = MessagePackCode.Ext8;
        frame[4] = ContentSize;
        frame[5] = (byte)Extension;
        var content = frame.Slice(ContentAt, ContentSize);
        BinaryPrimitives.WriteUInt32LittleEndian(content, Version);
        BinaryPrimitives.WriteUInt64LittleEndian(content[4..], Topology);
        BinaryPrimitives.WriteUInt64LittleEndian(content[12..], Generation);
        BinaryPrimitives.WriteUInt64LittleEndian(content[20..], Incarnation);
        BinaryPrimitives.WriteUInt64LittleEndian(content[28..], Sequence);
    }

    /// <summary>Says how many sections follow. The header is a value of the frame's array too.</summary>
    public static void WriteSectionCount(Span<byte> frame, int sections) =>
        BinaryPrimitives.WriteUInt16BigEndian(frame[SectionCountAt..], (ushort)(sections + 1));

    /// <summary>Gives a written frame its place on the link, which is known only when it is sent.</summary>
    public static void WriteSequence(Span<byte> frame, ulong sequence) => BinaryPrimitives.WriteUInt64LittleEndian(frame[SequenceAt..], sequence);

    /// <summary>Reads the header of a frame.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="header">The header.</param>
    /// <param name="sections">How many sections follow.</param>
    public static WireError TryRead(ReadOnlySpan<byte> frame, out FrameHeader header, out int sections)
    {
        (header, sections) = (default, 0);
        if (frame.Length < Size) return WireError.Truncated;
        if (frame.Length > FrameBuffer.Largest) return WireError.ValueTooLarge;
        if (frame[0] != MessagePackCode.Array16 || frame[3] != MessagePackCode.Ext8 || frame[4] != ContentSize || frame[5] != (byte)Extension)
            return WireError.NotAFrame;
        var content = frame.Slice(ContentAt, ContentSize);
        if (BinaryPrimitives.ReadUInt32LittleEndian(content) != Version) return WireError.UnknownVersion;
        sections = BinaryPrimitives.ReadUInt16BigEndian(frame[SectionCountAt..]) - 1;
        if (sections < 0) return WireError.NotAFrame;
        header = new FrameHeader(
            BinaryPrimitives.ReadUInt64LittleEndian(content[4..]),
            BinaryPrimitives.ReadUInt64LittleEndian(content[12..]),
            BinaryPrimitives.ReadUInt64LittleEndian(content[20..]),
            BinaryPrimitives.ReadUInt64LittleEndian(content[28..]));
        return WireError.None;
    }
}
