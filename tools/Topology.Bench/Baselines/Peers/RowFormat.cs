using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Topology.Messaging;

namespace Topology.Bench;

/// <summary>The payload as MessagePack, one value after the other, by the codec that the links use: what is compared is what is done around it.</summary>
internal static class RowFormat
{
    /// <summary>Bytes of a frame.</summary>
    public const int FrameBytes = 64 * 1024;

    /// <summary>The most bytes that a row of the payload with its two ids takes.</summary>
    public const int RowRoom = 32 * 3 + 3 * IntegerFormat.Room;

    /// <summary>Writes a text and returns its size in bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(ref byte target, ReadOnlySpan<char> text) => TextFormat.Write(ref target, text);

    /// <summary>Writes a number and returns its size in bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(ref byte target, ulong number) => IntegerFormat.Write(ref target, number);

    /// <summary>Reads a number that is not negative, and returns its size in bytes; needs <see cref="IntegerFormat.Room"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ref byte source, out ulong number)
    {
        if (source <= MessagePackCode.MaxFixInt)
        {
            number = source;
            return 1;
        }

        var width = source & 3;
        number = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, 1))) >> (64 - (8 << width));
        return 1 + (1 << width);
    }

    /// <summary>Reads a text of at most 31 bytes, and returns its size in bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ref byte source, out string text)
    {
        var length = source & MessagePackCode.MaxFixStrLength;
        text = TextFormat.ReadShort(ref Unsafe.Add(ref source, 1), length);
        return 1 + length;
    }

    /// <summary>The UTF-8 of a text of at most 255 bytes, and its size in bytes with its head.</summary>
    public static ReadOnlySpan<byte> ReadBytes(ref byte source, out int size)
    {
        var (head, length) = source == MessagePackCode.Str8 ? (2, Unsafe.Add(ref source, 1)) : (1, source & MessagePackCode.MaxFixStrLength);
        size = head + length;
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref source, head), length);
    }
}
