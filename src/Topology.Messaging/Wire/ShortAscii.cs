using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Topology.Messaging;

/// <summary>
/// ASCII of a few characters between UTF-16 and bytes, without loops: the first and the last characters are taken together, and where they overlap both say the same.
/// Nothing beyond the given length is read or written.
/// </summary>
internal static class ShortAscii
{
    /// <summary>The longest text that is written here.</summary>
    public const int Longest = 31;

    /// <summary>The longest text that has a <see cref="ShortTextKey"/>.</summary>
    public const int LongestKey = 16;

    private const ulong NotAscii = 0xFF80_FF80_FF80_FF80;

    /// <summary>Writes up to <see cref="Longest"/> characters as one byte each. False when one is not ASCII; what was written then is of no use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryNarrow(ref char source, ref byte target, int length)
    {
        ref var chars = ref Unsafe.As<char, ushort>(ref source);
        if (length >= 8) return TryNarrow8(ref chars, ref target, (nuint)length);
        return length >= 4 ? TryNarrow4(ref chars, ref target, length) : TryNarrow1(ref chars, ref target, length);
    }

    /// <summary>Writes the ASCII text of a key as UTF-16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Widen(ShortTextKey key, ref char target, int length)
    {
        ref var chars = ref Unsafe.As<char, ushort>(ref target);
        if (length >= 8)
        {
            Vector128.WidenLower(Vector128.CreateScalarUnsafe(key.First).AsByte()).StoreUnsafe(ref chars);
            Vector128.WidenLower(Vector128.CreateScalarUnsafe(key.Last).AsByte()).StoreUnsafe(ref chars, (nuint)length - 8);
        }
        else if (length >= 4)
        {
            var both = Vector128.WidenLower(Vector128.CreateScalarUnsafe(key.First).AsByte()).AsUInt64();
            Unsafe.WriteUnaligned(ref Unsafe.As<ushort, byte>(ref chars), both.GetElement(0));
            Unsafe.WriteUnaligned(ref Unsafe.As<ushort, byte>(ref Unsafe.Add(ref chars, length - 4)), both.GetElement(1));
        }
        else
        {
            chars = (byte)key.First;
            Unsafe.Add(ref chars, length >> 1) = (byte)(key.First >> 8);
            Unsafe.Add(ref chars, length - 1) = (byte)(key.First >> 16);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryNarrow8(ref ushort chars, ref byte target, nuint length)
    {
        var first = Vector128.LoadUnsafe(ref chars);
        var last = Vector128.LoadUnsafe(ref chars, length - 8);
        var all = first | last;
        if (length > 16)
        {
            var second = Vector128.LoadUnsafe(ref chars, 8);
            var third = Vector128.LoadUnsafe(ref chars, length - 16);
            all |= second | third;
            Store8(second, ref Unsafe.AddByteOffset(ref target, 8));
            Store8(third, ref Unsafe.AddByteOffset(ref target, length - 16));
        }

        Store8(first, ref target);
        Store8(last, ref Unsafe.AddByteOffset(ref target, length - 8));
        return (all.AsUInt64() & Vector128.Create(NotAscii)) == Vector128<ulong>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store8(Vector128<ushort> chars, ref byte target) =>
        Unsafe.WriteUnaligned(ref target, Vector128.Narrow(chars, chars).AsUInt64().ToScalar());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryNarrow4(ref ushort chars, ref byte target, int length)
    {
        var first = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref chars));
        var last = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref Unsafe.Add(ref chars, length - 4)));
        var both = Vector128.Create(first, last).AsUInt16();
        var narrow = Vector128.Narrow(both, both).AsUInt32();
        Unsafe.WriteUnaligned(ref target, narrow.GetElement(0));
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, length - 4), narrow.GetElement(1));
        return ((first | last) & NotAscii) == 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryNarrow1(ref ushort chars, ref byte target, int length)
    {
        if (length == 0) return true;
        uint first = chars, middle = Unsafe.Add(ref chars, length >> 1), last = Unsafe.Add(ref chars, length - 1);
        target = (byte)first;
        Unsafe.Add(ref target, length >> 1) = (byte)middle;
        Unsafe.Add(ref target, length - 1) = (byte)last;
        return (first | middle | last) < 0x80;
    }
}
