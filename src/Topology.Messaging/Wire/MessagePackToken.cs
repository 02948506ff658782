namespace Topology.Messaging;

/// <summary>
/// A scalar, or the head of text, bytes, an extension, an array or a map. Every form of the specification is read here; the hot path of a batch knows the most
/// usual ones itself and comes here for the rest.
/// </summary>
internal readonly struct MessagePackToken
{
    private MessagePackToken(MessagePackType type, ulong bits, bool isNegative = false, sbyte extension = 0)
    {
        Type = type;
        Bits = bits;
        IsNegative = isNegative;
        Extension = extension;
    }

    /// <summary>What it is.</summary>
    public MessagePackType Type { get; }

    /// <summary>Whether it is an integer below 0, of which <see cref="Bits"/> is the two's complement.</summary>
    public bool IsNegative { get; }

    /// <summary>The type of an extension.</summary>
    public sbyte Extension { get; }

    /// <summary>An integer, a boolean as 0 or 1, or the bits of a float as a double.</summary>
    public ulong Bits { get; }

    /// <summary>The bytes of text, binary or extension that follow; the values of an array that follow, or the pairs of a map.</summary>
    public int Length => (int)Bits;

    /// <summary>The values that follow: those of an array, and twice as many as a map has pairs.</summary>
    public long Children => Type switch
    {
        MessagePackType.Array => Length,
        MessagePackType.Map => 2L * Length,
        _ => 0,
    };

    /// <summary>
    /// Reads a token. Afterwards the position is behind it, at the content of text, bytes and extensions, of which there is as much as the token says. Arrays and maps
    /// are refused that say that they have more values than bytes follow, so whoever allocates by a count or a length allocates in proportion to what came in.
    /// </summary>
    public static WireError TryRead(ReadOnlySpan<byte> data, ref int position, out MessagePackToken token)
    {
        token = default;
        if ((uint)position >= (uint)data.Length) return WireError.Truncated;
        var code = data[position];
        var rest = data[(position + 1)..];
        var width = WidthOf(code);
        if (rest.Length < width) return WireError.Truncated;
        if (code == MessagePackCode.NeverUsed) return WireError.NeverUsedCode;
        token = Decode(code, BigEndian(rest[..width]), rest, ref width);
        if (width > rest.Length) return WireError.Truncated;
        rest = rest[width..];
        if (!HasContent(token, rest.Length)) return WireError.Truncated;
        position = data.Length - rest.Length;
        return WireError.None;
    }

    /// <summary>What a value that begins with this byte is.</summary>
    public static MessagePackType TypeOf(byte code) => code switch
    {
        <= MessagePackCode.MaxFixInt or >= MessagePackCode.MinNegativeFixInt => MessagePackType.Integer,
        < MessagePackCode.MinFixArray => MessagePackType.Map,
        < MessagePackCode.MinFixStr => MessagePackType.Array,
        < MessagePackCode.Nil => MessagePackType.String,
        MessagePackCode.Nil => MessagePackType.Nil,
        MessagePackCode.NeverUsed => MessagePackType.Unknown,
        <= MessagePackCode.True => MessagePackType.Boolean,
        <= MessagePackCode.Bin32 => MessagePackType.Binary,
        <= MessagePackCode.Ext32 => MessagePackType.Extension,
        <= MessagePackCode.Float64 => MessagePackType.Float,
        <= MessagePackCode.Int64 => MessagePackType.Integer,
        <= MessagePackCode.FixExt16 => MessagePackType.Extension,
        <= MessagePackCode.Str32 => MessagePackType.String,
        <= MessagePackCode.Array32 => MessagePackType.Array,
        _ => MessagePackType.Map,
    };

    private static bool HasContent(in MessagePackToken token, int left) => token.Type switch
    {
        MessagePackType.String or MessagePackType.Binary or MessagePackType.Extension or MessagePackType.Array => token.Bits <= (ulong)left,
        MessagePackType.Map => 2 * token.Bits <= (ulong)left,
        _ => true,
    };

    // How many bytes of number, length or count follow the first byte.
    private static int WidthOf(byte code) => code switch
    {
        MessagePackCode.Bin8 or MessagePackCode.Ext8 or MessagePackCode.Str8 => 1,
        MessagePackCode.Bin16 or MessagePackCode.Ext16 or MessagePackCode.Str16 or MessagePackCode.Array16 or MessagePackCode.Map16 => 2,
        MessagePackCode.Bin32 or MessagePackCode.Ext32 or MessagePackCode.Str32 or MessagePackCode.Array32 or MessagePackCode.Map32 => 4,
        MessagePackCode.Float32 => 4,
        MessagePackCode.Float64 => 8,
        // Four unsigned and four signed forms, of 1, 2, 4 and 8 bytes.
        >= MessagePackCode.UInt8 and <= MessagePackCode.Int64 => 1 << (code & 3),
        _ => 0,
    };

    private static ulong BigEndian(ReadOnlySpan<byte> bytes)
    {
        ulong number = 0;
        foreach (var one in bytes) number = (number << 8) | one;
        return number;
    }

    private static MessagePackToken Decode(byte code, ulong number, ReadOnlySpan<byte> rest, ref int width)
    {
        var type = TypeOf(code);
        return type switch
        {
            MessagePackType.Integer => DecodeInteger(code, number, width),
            MessagePackType.Boolean => new(type, (ulong)(code & 1)),
            MessagePackType.Float => new(type, code == MessagePackCode.Float64 ? number : SingleBits((uint)number)),
            MessagePackType.Extension => DecodeExtension(code, number, rest, ref width),
            MessagePackType.String when width == 0 => new(type, (ulong)(code & 0x1F)),
            MessagePackType.Array or MessagePackType.Map when width == 0 => new(type, (ulong)(code & 0x0F)),
            MessagePackType.Nil => new(type, 0),
            _ => new(type, number),
        };
    }

    private static MessagePackToken DecodeInteger(byte code, ulong number, int width)
    {
        if (width == 0) return new(MessagePackType.Integer, (ulong)(sbyte)code, (sbyte)code < 0);
        if (code < MessagePackCode.Int8) return new(MessagePackType.Integer, number);
        var unused = 64 - (8 * width);
        var signed = (long)(number << unused) >> unused;
        return new(MessagePackType.Integer, (ulong)signed, signed < 0);
    }

    // Behind the length comes the type.
    private static MessagePackToken DecodeExtension(byte code, ulong length, ReadOnlySpan<byte> rest, ref int width)
    {
        if (code >= MessagePackCode.FixExt1) length = 1UL << (code - MessagePackCode.FixExt1);
        var extension = width < rest.Length ? (sbyte)rest[width] : (sbyte)0;
        width++;
        return new(MessagePackType.Extension, length, extension: extension);
    }

    private static ulong SingleBits(uint bits) => BitConverter.DoubleToUInt64Bits(BitConverter.UInt32BitsToSingle(bits));
}
