using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Topology.Messaging;

/// <summary>
/// Every kind of <see cref="Value"/> as MessagePack. Rows write and read integers and short text by themselves and come here for the rest.
/// </summary>
internal static class ValueFormat
{
    /// <summary>The bytes that writing a value that is neither text nor bytes may touch.</summary>
    public const int Room = 32;

    // An extension's largest content here: a decimal's or an identifier's.
    private const int ContentRoom = 16;

    /// <summary>The bytes that writing a value may touch.</summary>
    public static long RoomFor(in Value value) => value.Kind switch
    {
        ValueKind.Text => TextFormat.RoomFor(value.AsSpan().Length),
        ValueKind.Bytes => MessagePackHeads.Room + (long)value.AsBytes().Length,
        _ => Room,
    };

    /// <summary>Writes a value and returns its size in bytes; needs <see cref="RoomFor"/>.</summary>
    public static int Write(Span<byte> target, in Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Null:
                target[0] = MessagePackCode.Nil;
                return 1;
            case ValueKind.Boolean:
                target[0] = value.AsBoolean() ? MessagePackCode.True : MessagePackCode.False;
                return 1;
            case ValueKind.Int64:
                return IntegerFormat.Write(ref target[0], value.AsInt64());
            case ValueKind.UInt64:
                return IntegerFormat.Write(ref target[0], value.AsUInt64());
            case ValueKind.Double:
                target[0] = MessagePackCode.Float64;
                BinaryPrimitives.WriteInt64BigEndian(target[1..], value.Bits);
                return 9;
            case ValueKind.Text:
                return TextFormat.Write(ref target[0], value.AsSpan());
            case ValueKind.Bytes:
                return WriteBytes(target, value.AsBytes().Span);
            default:
                return WriteExtension(target, value);
        }
    }

    /// <summary>Reads a value in any form. Afterwards the position is behind it.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="position">Where it begins.</param>
    /// <param name="maxBytes">The largest size that a value may have; text counts 2 bytes for each UTF-16 code unit.</param>
    /// <param name="value">What was read.</param>
    public static WireError TryRead(ReadOnlySpan<byte> data, ref int position, int maxBytes, out Value value)
    {
        value = default;
        var error = MessagePackToken.TryRead(data, ref position, out var token);
        if (error != WireError.None) return error;
        switch (token.Type)
        {
            case MessagePackType.Nil:
                return WireError.None;
            case MessagePackType.Boolean:
                value = token.Bits != 0;
                return WireError.None;
            case MessagePackType.Integer:
                value = token.IsNegative ? (long)token.Bits : token.Bits;
                return WireError.None;
            case MessagePackType.Float:
                value = BitConverter.UInt64BitsToDouble(token.Bits);
                return WireError.None;
            case MessagePackType.Array or MessagePackType.Map:
                return WireError.UnexpectedType;
        }

        var content = data.Slice(position, token.Length);
        position += token.Length;
        return ReadContent(token, content, maxBytes, ref value);
    }

    private static WireError ReadContent(in MessagePackToken token, ReadOnlySpan<byte> content, int maxBytes, ref Value value)
    {
        if (token.Type == MessagePackType.Extension) return ReadExtension(token.Extension, content, maxBytes, ref value);
        if (token.Type == MessagePackType.Binary)
        {
            if (content.Length > maxBytes) return WireError.ValueTooLarge;
            value = content.ToArray();
            return WireError.None;
        }

        // A byte is a UTF-16 code unit at most, so the count is needed only for large ones.
        if (2L * content.Length > maxBytes && 2L * Encoding.UTF8.GetCharCount(content) > maxBytes) return WireError.ValueTooLarge;
        value = TextFormat.Read(content);
        return WireError.None;
    }

    private static int WriteBytes(Span<byte> target, ReadOnlySpan<byte> bytes)
    {
        var head = MessagePackHeads.WriteBinary(target, (uint)bytes.Length);
        bytes.CopyTo(target[head..]);
        return head + bytes.Length;
    }

    private static int WriteExtension(Span<byte> target, in Value value)
    {
        Span<byte> content = stackalloc byte[ContentRoom];
        var (type, size) = value.Kind switch
        {
            ValueKind.Timestamp => WriteTimestamp(content, value.AsTimestamp()),
            ValueKind.Duration => WriteDuration(content, value.AsDuration()),
            ValueKind.Decimal => WriteDecimal(content, value.AsDecimal()),
            _ => WriteGuid(content, value.AsGuid()),
        };
        var head = MessagePackHeads.WriteExtension(target, type, (uint)size);
        content[..size].CopyTo(target[head..]);
        return head + size;
    }

    private static (sbyte Type, int Size) WriteTimestamp(Span<byte> content, DateTimeOffset time)
    {
        if (time.Offset == TimeSpan.Zero) return (MessagePackCode.TimestampExtension, TimestampFormat.Write(content, time.UtcTicks));
        BinaryPrimitives.WriteInt64LittleEndian(content, time.UtcTicks);
        BinaryPrimitives.WriteInt16LittleEndian(content[8..], (short)time.TotalOffsetMinutes);
        return (ValueExtension.OffsetTimestamp, 10);
    }

    private static (sbyte Type, int Size) WriteDuration(Span<byte> content, TimeSpan duration)
    {
        BinaryPrimitives.WriteInt64LittleEndian(content, duration.Ticks);
        return (ValueExtension.Duration, 8);
    }

    private static (sbyte Type, int Size) WriteDecimal(Span<byte> content, decimal number)
    {
        decimal.GetBits(number, MemoryMarshal.Cast<byte, int>(content));
        return (ValueExtension.Decimal, 16);
    }

    private static (sbyte Type, int Size) WriteGuid(Span<byte> content, Guid id)
    {
        id.TryWriteBytes(content, bigEndian: true, out _);
        return (ValueExtension.Guid, 16);
    }

    private static WireError ReadExtension(sbyte type, ReadOnlySpan<byte> content, int maxBytes, ref Value value)
    {
        switch (type, content.Length)
        {
            case (MessagePackCode.TimestampExtension, _) when TimestampFormat.TryRead(content, out var ticks):
                value = new DateTimeOffset(ticks, TimeSpan.Zero);
                return WireError.None;
            case (ValueExtension.OffsetTimestamp, 10):
                return ReadTimestamp(content, ref value);
            case (ValueExtension.Duration, 8):
                value = new TimeSpan(BinaryPrimitives.ReadInt64LittleEndian(content));
                return WireError.None;
            case (ValueExtension.Decimal, 16):
                return ReadDecimal(content, ref value);
            case (ValueExtension.Guid, 16):
                value = Value.Of(new Guid(content, bigEndian: true));
                return WireError.None;
            case (ValueExtension.Utf16Text, _) when content.Length % 2 == 0:
                if (content.Length > maxBytes) return WireError.ValueTooLarge;
                value = new string(MemoryMarshal.Cast<byte, char>(content));
                return WireError.None;
            default:
                return WireError.InvalidExtension;
        }
    }

    private static WireError ReadTimestamp(ReadOnlySpan<byte> content, ref Value value)
    {
        const int MostMinutes = 14 * 60;
        var utc = BinaryPrimitives.ReadInt64LittleEndian(content);
        var minutes = BinaryPrimitives.ReadInt16LittleEndian(content[8..]);
        if (minutes is < -MostMinutes or > MostMinutes || (ulong)utc > (ulong)DateTime.MaxValue.Ticks) return WireError.InvalidExtension;
        var offset = TimeSpan.FromMinutes(minutes);
        if ((ulong)(utc + offset.Ticks) > (ulong)DateTime.MaxValue.Ticks) return WireError.InvalidExtension;
        value = new DateTimeOffset(utc + offset.Ticks, offset);
        return WireError.None;
    }

    private static WireError ReadDecimal(ReadOnlySpan<byte> content, ref Value value)
    {
        const uint Sign = 0x8000_0000;
        const uint Scale = 0x00FF_0000;
        var flags = BinaryPrimitives.ReadUInt32LittleEndian(content[12..]);
        var scale = (byte)((flags & Scale) >> 16);
        if ((flags & ~(Sign | Scale)) != 0 || scale > 28) return WireError.InvalidExtension;
        var parts = MemoryMarshal.Cast<byte, int>(content);
        value = Value.Of(new decimal(parts[0], parts[1], parts[2], (flags & Sign) != 0, scale));
        return WireError.None;
    }
}
