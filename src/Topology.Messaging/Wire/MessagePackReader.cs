using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Topology.Messaging;

/// <summary>
/// Reads MessagePack out of a span, in any form that the specification has. Types and members are named as in the MessagePack package for .NET. A value of another type than asked for, one that does not fit, and bytes that
/// end too early throw <see cref="MessagePackSerializationException"/> and nothing else. Nothing is allocated but what is returned.
/// </summary>
/// <param name="buffer">The bytes.</param>
internal ref struct MessagePackReader(ReadOnlySpan<byte> buffer)
{
    /// <summary>How deep arrays and maps may nest in what is skipped.</summary>
    public const int MaxDepth = 64;

    private readonly ReadOnlySpan<byte> _data = buffer;
    private int _position;

    /// <summary>How many bytes were read.</summary>
    public readonly long Consumed => _position;

    /// <summary>Whether nothing is left.</summary>
    public readonly bool End => _position == _data.Length;

    /// <summary>The first byte of the next value.</summary>
    public readonly byte NextCode => End ? Throw<byte>(WireError.Truncated) : _data[_position];

    /// <summary>What the next value is.</summary>
    public readonly MessagePackType NextMessagePackType => MessagePackToken.TypeOf(NextCode);

    /// <summary>Whether the next value is nil.</summary>
    public readonly bool IsNil => NextCode == MessagePackCode.Nil;

    /// <summary>Skips nil, and only that.</summary>
    public void ReadNil() => Read(MessagePackType.Nil);

    /// <summary>Skips nil. False, without moving, when the next value is another.</summary>
    public bool TryReadNil()
    {
        if (!IsNil) return false;
        _position++;
        return true;
    }

    /// <summary>Skips a value with all that is in it.</summary>
    public void Skip()
    {
        if (TrySkip(_data, ref _position) is var error and not WireError.None) Throw<int>(error);
    }

    /// <summary>A value with all that is in it, as it was written.</summary>
    public ReadOnlySpan<byte> ReadRaw()
    {
        var start = _position;
        Skip();
        return _data[start.._position];
    }

    /// <summary>The head of an array: how many values follow.</summary>
    public int ReadArrayHeader() => Read(MessagePackType.Array).Length;

    /// <summary>The head of a map: how many pairs follow.</summary>
    public int ReadMapHeader() => Read(MessagePackType.Map).Length;

    /// <summary>A boolean.</summary>
    public bool ReadBoolean() => Read(MessagePackType.Boolean).Bits != 0;

    /// <summary>An integer from 0 to 255.</summary>
    public byte ReadByte() => (byte)ReadUnsigned(byte.MaxValue);

    /// <summary>An integer from 0 to 65,535.</summary>
    public ushort ReadUInt16() => (ushort)ReadUnsigned(ushort.MaxValue);

    /// <summary>An integer of 32 bits.</summary>
    public uint ReadUInt32() => (uint)ReadUnsigned(uint.MaxValue);

    /// <summary>An integer of 64 bits.</summary>
    public ulong ReadUInt64() => ReadUnsigned(ulong.MaxValue);

    /// <summary>A signed integer of 8 bits.</summary>
    public sbyte ReadSByte() => (sbyte)ReadSigned(sbyte.MinValue, sbyte.MaxValue);

    /// <summary>A signed integer of 16 bits.</summary>
    public short ReadInt16() => (short)ReadSigned(short.MinValue, short.MaxValue);

    /// <summary>A signed integer of 32 bits.</summary>
    public int ReadInt32() => (int)ReadSigned(int.MinValue, int.MaxValue);

    /// <summary>A signed integer of 64 bits.</summary>
    public long ReadInt64() => ReadSigned(long.MinValue, long.MaxValue);

    /// <summary>A float of either width, or an integer, to the nearest float.</summary>
    public float ReadSingle() => (float)ReadDouble();

    /// <summary>A float of either width, or an integer, to the nearest double.</summary>
    public double ReadDouble()
    {
        var token = ReadAny();
        return token.Type switch
        {
            MessagePackType.Float => BitConverter.UInt64BitsToDouble(token.Bits),
            MessagePackType.Integer => token.IsNegative ? (long)token.Bits : token.Bits,
            _ => Throw<double>(WireError.UnexpectedType),
        };
    }

    /// <summary>A timestamp, in UTC; what is finer than 100 ns is cut off.</summary>
    public DateTime ReadDateTime()
    {
        var header = ReadExtensionFormatHeader();
        var content = ReadContent((int)header.Length);
        return header.TypeCode == MessagePackCode.TimestampExtension && TimestampFormat.TryRead(content, out var ticks)
            ? new DateTime(ticks, DateTimeKind.Utc)
            : Throw<DateTime>(WireError.InvalidExtension);
    }

    /// <summary>Bytes, or null for nil.</summary>
    public byte[]? ReadBytes() => TryReadNil() ? null : ReadContent(Read(MessagePackType.Binary).Length).ToArray();

    /// <summary>The UTF-8 of a text, without copying it. False, without moving, when the next value is another.</summary>
    public bool TryReadStringSpan(out ReadOnlySpan<byte> span)
    {
        span = default;
        if (NextMessagePackType != MessagePackType.String) return false;
        span = ReadContent(Read(MessagePackType.String).Length);
        return true;
    }

    /// <summary>Text, or null for nil. Bytes that are no UTF-8 become U+FFFD.</summary>
    public string? ReadString() => TryReadNil() ? null : Encoding.UTF8.GetString(ReadContent(Read(MessagePackType.String).Length));

    /// <summary>The head of an extension, whose bytes are next.</summary>
    public ExtensionHeader ReadExtensionFormatHeader()
    {
        var token = Read(MessagePackType.Extension);
        return new ExtensionHeader(token.Extension, (uint)token.Length);
    }

    /// <summary>So many bytes as they are: the content of an extension, of text or of binary whose head was read.</summary>
    public ReadOnlySpan<byte> ReadRaw(long length) =>
        length >= 0 && length <= _data.Length - _position ? ReadContent((int)length) : Throw<byte[]>(WireError.Truncated);

    /// <summary>Skips a value with all that is in it, without recursion, so that its depth costs no stack.</summary>
    public static WireError TrySkip(ReadOnlySpan<byte> data, ref int position)
    {
        Span<long> open = stackalloc long[MaxDepth];
        var depth = 0;
        long left = 1;
        while (true)
        {
            while (left == 0)
            {
                if (depth == 0) return WireError.None;
                left = open[--depth];
            }

            left--;
            var error = MessagePackToken.TryRead(data, ref position, out var token);
            if (error != WireError.None) return error;
            if (token.Type is MessagePackType.String or MessagePackType.Binary or MessagePackType.Extension) position += token.Length;
            if (token.Type is not (MessagePackType.Array or MessagePackType.Map)) continue;
            if (depth == MaxDepth) return WireError.TooDeep;
            open[depth++] = left;
            left = token.Children;
        }
    }

    private ReadOnlySpan<byte> ReadContent(int length)
    {
        var content = _data.Slice(_position, length);
        _position += length;
        return content;
    }

    private ulong ReadUnsigned(ulong largest)
    {
        var token = Read(MessagePackType.Integer);
        return !token.IsNegative && token.Bits <= largest ? token.Bits : Throw<ulong>(WireError.ValueTooLarge);
    }

    private long ReadSigned(long least, long largest)
    {
        var token = Read(MessagePackType.Integer);
        var fits = token.IsNegative ? (long)token.Bits >= least : token.Bits <= (ulong)largest;
        return fits ? (long)token.Bits : Throw<long>(WireError.ValueTooLarge);
    }

    private MessagePackToken Read(MessagePackType type)
    {
        var token = ReadAny();
        return token.Type == type ? token : Throw<MessagePackToken>(WireError.UnexpectedType);
    }

    private MessagePackToken ReadAny()
    {
        var error = MessagePackToken.TryRead(_data, ref _position, out var token);
        return error == WireError.None ? token : Throw<MessagePackToken>(error);
    }

    [DoesNotReturn]
    private readonly T Throw<T>(WireError error) =>
        throw new MessagePackSerializationException($"The MessagePack cannot be read at byte {_position} of {_data.Length}: {error}.");
}
