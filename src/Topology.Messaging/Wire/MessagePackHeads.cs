using System.Buffers.Binary;

namespace Topology.Messaging;

/// <summary>Writes the shortest heads of text, bytes, extensions, arrays and maps; each returns its size in bytes, at most <see cref="Room"/>.</summary>
internal static class MessagePackHeads
{
    /// <summary>The largest head: code, 32 bits of length, extension type.</summary>
    public const int Room = 6;

    public static int WriteArray(Span<byte> target, uint count) => count <= MessagePackCode.MaxFixArrayCount
        ? WriteFixed(target, (byte)(MessagePackCode.MinFixArray | count))
        : WriteWide(target, MessagePackCode.Array16, count);

    public static int WriteMap(Span<byte> target, uint count) => count <= MessagePackCode.MaxFixMapCount
        ? WriteFixed(target, (byte)(MessagePackCode.MinFixMap | count))
        : WriteWide(target, MessagePackCode.Map16, count);

    public static int WriteString(Span<byte> target, uint length) => length <= MessagePackCode.MaxFixStrLength
        ? WriteFixed(target, (byte)(MessagePackCode.MinFixStr | length))
        : length <= byte.MaxValue ? WriteNarrow(target, MessagePackCode.Str8, length)
        : WriteWide(target, MessagePackCode.Str16, length);

    public static int WriteBinary(Span<byte> target, uint length) => length <= byte.MaxValue
        ? WriteNarrow(target, MessagePackCode.Bin8, length)
        : WriteWide(target, MessagePackCode.Bin16, length);

    public static int WriteExtension(Span<byte> target, sbyte type, uint length)
    {
        var size = length switch
        {
            1 => WriteFixed(target, MessagePackCode.FixExt1),
            2 => WriteFixed(target, MessagePackCode.FixExt2),
            4 => WriteFixed(target, MessagePackCode.FixExt4),
            8 => WriteFixed(target, MessagePackCode.FixExt8),
            16 => WriteFixed(target, MessagePackCode.FixExt16),
            <= byte.MaxValue => WriteNarrow(target, MessagePackCode.Ext8, length),
            _ => WriteWide(target, MessagePackCode.Ext16, length),
        };
        target[size] = (byte)type;
        return size + 1;
    }

    private static int WriteFixed(Span<byte> target, byte code)
    {
        target[0] = code;
        return 1;
    }

    private static int WriteNarrow(Span<byte> target, byte code, uint length)
    {
        target[0] = code;
        target[1] = (byte)length;
        return 2;
    }

    // The form with 32 bits has the code after that of the form with 16.
    private static int WriteWide(Span<byte> target, byte code16, uint length)
    {
        if (length > ushort.MaxValue)
        {
            target[0] = (byte)(code16 + 1);
            BinaryPrimitives.WriteUInt32BigEndian(target[1..], length);
            return 5;
        }

        target[0] = code16;
        BinaryPrimitives.WriteUInt16BigEndian(target[1..], (ushort)length);
        return 3;
    }
}
