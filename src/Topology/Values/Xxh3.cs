using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Topology;

/// <summary>
/// XXH3 of 64 bits with a seed and the default secret, written from the xxHash specification (<c>doc/xxhash_spec.md</c> of Cyan4973/xxHash); the same
/// as the <c>XXH3_64bits_withSeed</c> of its library. One formula for each class of lengths: 0, 1–3, 4–8, 9–16, 17–128, 129–240 and more bytes.
/// </summary>
/// <remarks>
/// Keys are short and their lengths vary from call to call, so a loop or a switch over the last bytes would be guessed wrongly every time. Here a key of up
/// to 16 bytes costs two to four comparisons, and the longer ones of these are read by two reads that overlap. Numbers are read as the machine has them,
/// which is right on little-endian ones alone.
/// </remarks>
internal static class Xxh3
{
    public const uint Prime32A = 0x9E37_79B1;
    public const uint Prime32B = 0x85EB_CA77;
    public const uint Prime32C = 0xC2B2_AE3D;
    public const ulong Prime64A = 0x9E37_79B1_85EB_CA87;
    public const ulong Prime64B = 0xC2B2_AE3D_27D4_EB4F;
    public const ulong Prime64C = 0x1656_67B1_9E37_79F9;
    public const ulong Prime64D = 0x85EB_CA77_C2B2_AE63;
    public const ulong Prime64E = 0x27D4_EB2F_1656_67C5;

    private const ulong PrimeMixA = 0x1656_6791_9E37_79F9;
    private const ulong PrimeMixB = 0x9FB2_1C65_1E98_DF25;

    // The words of the secret that the formulas up to 16 bytes take in pairs, already combined: word a is the eight bytes from a on.
    private const ulong Secret56Xor64 = 0x8726_F910_5DC2_1DDC;
    private const ulong Secret0Xor4 = 0x8727_5A9B;
    private const ulong Secret8Xor16 = 0xC73A_B174_C5EC_D5A2;
    private const ulong Secret24Xor32 = 0x6782_737B_EA42_39B9;
    private const ulong Secret40Xor48 = 0xAF56_BC3B_0996_523A;

    /// <summary>The default secret, 192 bytes.</summary>
    public static ReadOnlySpan<byte> Secret =>
    [
        0xb8, 0xfe, 0x6c, 0x39, 0x23, 0xa4, 0x4b, 0xbe, 0x7c, 0x01, 0x81, 0x2c, 0xf7, 0x21, 0xad, 0x1c,
        0xde, 0xd4, 0x6d, 0xe9, 0x83, 0x90, 0x97, 0xdb, 0x72, 0x40, 0xa4, 0xa4, 0xb7, 0xb3, 0x67, 0x1f,
        0xcb, 0x79, 0xe6, 0x4e, 0xcc, 0xc0, 0xe5, 0x78, 0x82, 0x5a, 0xd0, 0x7d, 0xcc, 0xff, 0x72, 0x21,
        0xb8, 0x08, 0x46, 0x74, 0xf7, 0x43, 0x24, 0x8e, 0xe0, 0x35, 0x90, 0xe6, 0x81, 0x3a, 0x26, 0x4c,
        0x3c, 0x28, 0x52, 0xbb, 0x91, 0xc3, 0x00, 0xcb, 0x88, 0xd0, 0x65, 0x8b, 0x1b, 0x53, 0x2e, 0xa3,
        0x71, 0x64, 0x48, 0x97, 0xa2, 0x0d, 0xf9, 0x4e, 0x38, 0x19, 0xef, 0x46, 0xa9, 0xde, 0xac, 0xd8,
        0xa8, 0xfa, 0x76, 0x3f, 0xe3, 0x9c, 0x34, 0x3f, 0xf9, 0xdc, 0xbb, 0xc7, 0xc7, 0x0b, 0x4f, 0x1d,
        0x8a, 0x51, 0xe0, 0x4b, 0xcd, 0xb4, 0x59, 0x31, 0xc8, 0x9f, 0x7e, 0xc9, 0xd9, 0x78, 0x73, 0x64,
        0xea, 0xc5, 0xac, 0x83, 0x34, 0xd3, 0xeb, 0xc3, 0xc5, 0x81, 0xa0, 0xff, 0xfa, 0x13, 0x63, 0xeb,
        0x17, 0x0d, 0xdd, 0x51, 0xb7, 0xf0, 0xda, 0x49, 0xd3, 0x16, 0x55, 0x26, 0x29, 0xd4, 0x68, 0x9e,
        0x2b, 0x16, 0xbe, 0x58, 0x7d, 0x47, 0xa1, 0xfc, 0x8f, 0xf8, 0xb8, 0xd1, 0x7a, 0xd0, 0x31, 0xce,
        0x45, 0xcb, 0x3a, 0x8f, 0x95, 0x16, 0x04, 0x28, 0xaf, 0xd7, 0xfb, 0xca, 0xbb, 0x4b, 0x40, 0x7e,
    ];

    /// <summary>The hash of some bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ReadOnlySpan<byte> data, ulong seed) => Of(ref MemoryMarshal.GetReference(data), (uint)data.Length, seed);

    /// <summary>The hash of some bytes.</summary>
    /// <param name="data">The first of them; not read where there is none.</param>
    /// <param name="length">How many there are.</param>
    /// <param name="seed">The seed.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ref byte data, uint length, ulong seed)
    {
        if (length > 16) return OfMany(ref data, length, seed);
        if (length > 8) return OfNineToSixteen(Word(ref data, 0), Word(ref data, length - 8), length, seed);
        if (length >= 4) return OfFourToEight(HalfWord(ref data, 0), HalfWord(ref data, length - 4), length, seed);
        return length > 0 ? OfOneToThree(data, Unsafe.Add(ref data, length >> 1), Unsafe.Add(ref data, length - 1), length, seed) : OfNothing(seed);
    }

    /// <summary>The hash of no bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong OfNothing(ulong seed) => AvalancheShort(seed ^ Secret56Xor64);

    /// <summary>The hash of one byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong OfByte(byte data, ulong seed) => OfOneToThree(data, data, data, 1, seed);

    /// <summary>The hash of a number's eight bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong OfWord(ulong data, ulong seed) => OfFourToEight((uint)data, (uint)(data >> 32), 8, seed);

    /// <summary>The hash of the sixteen bytes of two numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong OfWords(ulong first, ulong second, ulong seed) => OfNineToSixteen(first, second, 16, seed);

    /// <summary>Eight bytes as a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Word(ref byte data, nuint offset) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref data, offset));

    /// <summary>The two halves of the product of 128 bits, combined.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MultiplyAndFold(ulong left, ulong right)
    {
        // The lower half by a multiplication of its own, beside the other: the one that BigMul gives goes through memory, which takes longer.
        var high = Math.BigMul(left, right, out _);
        return (left * right) ^ high;
    }

    /// <summary>The last step of the formulas for more than 8 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Avalanche(ulong value)
    {
        value = (value ^ (value >> 37)) * PrimeMixA;
        return value ^ (value >> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong OfOneToThree(byte first, byte middle, byte last, uint length, ulong seed)
    {
        var all = last | (length << 8) | ((uint)first << 16) | ((uint)middle << 24);
        return AvalancheShort((Secret0Xor4 + seed) ^ all);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong OfFourToEight(uint first, uint last, uint length, ulong seed)
    {
        seed ^= (ulong)BinaryPrimitives.ReverseEndianness((uint)seed) << 32;
        var value = (Secret8Xor16 - seed) ^ (last | ((ulong)first << 32));
        value = (value ^ BitOperations.RotateLeft(value, 49) ^ BitOperations.RotateLeft(value, 24)) * PrimeMixB;
        value = (value ^ ((value >> 35) + length)) * PrimeMixB;
        return value ^ (value >> 28);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong OfNineToSixteen(ulong first, ulong last, uint length, ulong seed)
    {
        var low = (Secret24Xor32 + seed) ^ first;
        var high = (Secret40Xor48 - seed) ^ last;
        return Avalanche(length + BinaryPrimitives.ReverseEndianness(low) + high + MultiplyAndFold(low, high));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong OfMany(ref byte data, uint length, ulong seed)
    {
        if (length > 240) return Xxh3Long.Of(ref data, length, seed);
        if (length > 128) return OfUpTo240(ref data, length, seed);

        // From both ends towards the middle, where the parts overlap.
        ref var secret = ref MemoryMarshal.GetReference(Secret);
        ref var end = ref Unsafe.Add(ref data, length);
        var sum = (length * Prime64A) + Mix(ref data, ref secret, seed) + Mix(ref Unsafe.Subtract(ref end, 16), ref Unsafe.Add(ref secret, 16), seed);
        if (length > 32)
            sum += Mix(ref Unsafe.Add(ref data, 16), ref Unsafe.Add(ref secret, 32), seed)
                + Mix(ref Unsafe.Subtract(ref end, 32), ref Unsafe.Add(ref secret, 48), seed);
        if (length > 64)
            sum += Mix(ref Unsafe.Add(ref data, 32), ref Unsafe.Add(ref secret, 64), seed)
                + Mix(ref Unsafe.Subtract(ref end, 48), ref Unsafe.Add(ref secret, 80), seed);
        if (length > 96)
            sum += Mix(ref Unsafe.Add(ref data, 48), ref Unsafe.Add(ref secret, 96), seed)
                + Mix(ref Unsafe.Subtract(ref end, 64), ref Unsafe.Add(ref secret, 112), seed);
        return Avalanche(sum);
    }

    private static ulong OfUpTo240(ref byte data, uint length, ulong seed)
    {
        ref var secret = ref MemoryMarshal.GetReference(Secret);
        var sum = length * Prime64A;
        nuint i = 0;
        for (; i < 128; i += 16) sum += Mix(ref Unsafe.Add(ref data, i), ref Unsafe.Add(ref secret, i), seed);
        sum = Avalanche(sum);
        for (; i + 16 <= length; i += 16) sum += Mix(ref Unsafe.Add(ref data, i), ref Unsafe.Add(ref secret, i - 128 + 3), seed);
        return Avalanche(sum + Mix(ref Unsafe.Add(ref data, length - 16), ref Unsafe.Add(ref secret, 119), seed));
    }

    // Sixteen bytes of data with sixteen of the secret.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ref byte data, ref byte secret, ulong seed) =>
        MultiplyAndFold(Word(ref data, 0) ^ (Word(ref secret, 0) + seed), Word(ref data, 8) ^ (Word(ref secret, 8) - seed));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong AvalancheShort(ulong value)
    {
        value = (value ^ (value >> 33)) * Prime64B;
        value = (value ^ (value >> 29)) * Prime64C;
        return value ^ (value >> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint HalfWord(ref byte data, nuint offset) => Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref data, offset));
}
