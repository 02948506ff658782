using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Topology.Messaging;

/// <summary>Integers in their shortest MessagePack form, without branching on the width, which changes from row to row.</summary>
internal static class IntegerFormat
{
    /// <summary>The bytes that a write may touch, and that a read needs to be there.</summary>
    public const int Room = 9;

    // By the number of leading zeros of what has to be written: 0 for one byte, 1 for two, 2 for four, 3 for eight.
    private static ReadOnlySpan<byte> Widths =>
    [
        3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3,
        2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>Writes a signed integer and returns its size in bytes; needs <see cref="Room"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(ref byte target, long value)
    {
        if ((ulong)(value + 32) < 160)
        {
            target = (byte)value;
            return 1;
        }

        // The signed forms have one bit less to say the same.
        var negative = (int)((ulong)value >> 63);
        var zeros = BitOperations.LeadingZeroCount((ulong)(value ^ (value >> 63))) - negative;
        return WriteWide(ref target, (ulong)value, WidthFor(zeros), MessagePackCode.UInt8 + (negative << 2));
    }

    /// <summary>Writes an unsigned integer and returns its size in bytes; needs <see cref="Room"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(ref byte target, ulong value) =>
        value <= long.MaxValue ? Write(ref target, (long)value) : WriteWide(ref target, value, 3, MessagePackCode.UInt8);

    /// <summary>Reads an integer that begins with a code from <see cref="MessagePackCode.UInt8"/> to <see cref="MessagePackCode.Int64"/>; needs <see cref="Room"/>.</summary>
    /// <returns>The integer's size in bytes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ReadWide(ref byte source, uint code, out Value value)
    {
        var width = (int)(code & 3);
        var unused = 64 - (8 << width);
        var bits = BinaryPrimitives.ReverseEndianness(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref source, 1)));
        value = code >= MessagePackCode.Int8 ? (long)bits >> unused
            : code == MessagePackCode.UInt64 ? bits
            : (long)(bits >> unused);
        return 1 + (1 << width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WidthFor(int zeros) => Unsafe.Add(ref MemoryMarshal.GetReference(Widths), (nint)(uint)zeros);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WriteWide(ref byte target, ulong value, int width, int firstCode)
    {
        target = (byte)(firstCode + width);
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, 1), BinaryPrimitives.ReverseEndianness(value << (64 - (8 << width))));
        return 1 + (1 << width);
    }
}
