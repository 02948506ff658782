using System.Buffers.Binary;

namespace Topology.Messaging;

/// <summary>The head of a section of rows; the rows themselves are for <see cref="BatchDecoder"/>.</summary>
/// <param name="body">The section.</param>
/// <param name="channel">Where the rows come from and go to.</param>
/// <param name="sequence">The place of the batch on its channel.</param>
internal readonly ref struct BatchSection(ReadOnlySpan<byte> body, Channel channel, ulong sequence)
{
    /// <summary>The bytes of channel and sequence.</summary>
    public const int ChannelSize = 16;

    /// <summary>Where the rows begin in the body.</summary>
    public const int RowsAt = 3 + ChannelSize;

    private const int Fields = 5;

    public ReadOnlySpan<byte> Body { get; } = body;

    public Channel Channel { get; } = channel;

    public ulong Sequence { get; } = sequence;

    /// <summary>Reads the head of a section.</summary>
    public static WireError TryRead(ReadOnlySpan<byte> body, out BatchSection section)
    {
        section = default;
        if (body.Length < RowsAt) return WireError.Truncated;
        if (body[0] != (MessagePackCode.MinFixArray | Fields) || body[1] != MessagePackCode.Bin8 || body[2] != ChannelSize) return WireError.UnexpectedType;
        var channel = new Channel(BinaryPrimitives.ReadUInt32LittleEndian(body[3..]), BinaryPrimitives.ReadUInt32LittleEndian(body[7..]));
        section = new BatchSection(body, channel, BinaryPrimitives.ReadUInt64LittleEndian(body[11..]));
        return WireError.None;
    }
}
