using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Topology.Engine;

/// <summary>
/// The slots of short text keys, in front of the table that has them all. Most words have at most 8 ASCII characters, which are compared as one number: one look at
/// 16 bytes instead of a hash, a bucket, an entry and the key's string, each of them in another cache line.
/// </summary>
/// <remarks>One cell per hash; a key that meets another one in its cell takes the cell, and is found in the table when it has lost it. One thread at a time.</remarks>
internal sealed class ShortTextCache
{
    private const int LongestText = 8;
    private const int FewestCells = 256;

    // Fibonacci hashing: the golden ratio in 64 bits.
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private Cell[] _cells = new Cell[FewestCells];
    private int _shift = 64 - BitOperations.Log2(FewestCells);

    /// <summary>The slot of a key. False where it is not here; <paramref name="packed"/> is what to <see cref="Put"/> it by, or 0 where it cannot be here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet(ReadOnlySpan<char> key, out ulong packed, out int slot)
    {
        packed = Pack(key);
        ref var cell = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_cells), (nint)((packed * Multiplier) >> _shift));
        slot = cell.Slot;
        return packed != 0 && cell.Packed == packed;
    }

    /// <summary>Remembers the slot of a key.</summary>
    /// <param name="packed">What <see cref="TryGet"/> gave.</param>
    /// <param name="slot">Its slot.</param>
    /// <param name="keys">How many keys the table has; the cache grows with it, to four cells per key.</param>
    public void Put(ulong packed, int slot, int keys)
    {
        if (packed == 0) return;
        if (keys > _cells.Length / 4)
        {
            // What was remembered comes back as it is asked for.
            _cells = new Cell[4 * _cells.Length];
            _shift -= 2;
        }

        _cells[(packed * Multiplier) >> _shift] = new Cell(packed, slot);
    }

    /// <summary>Forgets a key.</summary>
    public void Remove(ReadOnlySpan<char> key)
    {
        if (TryGet(key, out var packed, out _)) _cells[(packed * Multiplier) >> _shift] = default;
    }

    /// <summary>The characters of a key as bytes, the first one lowest; 0 where it is empty, longer than 8, not all ASCII, or ends in NUL, which would not show.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Pack(ReadOnlySpan<char> key)
    {
        var length = key.Length;
        if ((uint)(length - 1) >= LongestText) return 0;
        ref var first = ref MemoryMarshal.GetReference(key);
        if (key[length - 1] == 0) return 0;
        return length < 4 ? PackFew(ref first, length) : PackFour(ref first, length);
    }

    /// <summary>Four to eight characters, as the first four and the last four, which may overlap.</summary>
    private static ulong PackFour(ref char first, int length)
    {
        var low = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<char, byte>(ref first));
        var high = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<char, byte>(ref Unsafe.Add(ref first, length - 4)));
        return ((low | high) & 0xFF80_FF80_FF80_FF80) == 0 ? Narrow(low) | (Narrow(high) << (8 * (length - 4))) : 0;
    }

    /// <summary>One to three characters, as the first, the middle and the last, which may be the same.</summary>
    private static ulong PackFew(ref char first, int length)
    {
        ulong low = first;
        ulong middle = Unsafe.Add(ref first, length >> 1);
        ulong high = Unsafe.Add(ref first, length - 1);
        return (low | middle | high) < 0x80 ? low | (middle << (8 * (length >> 1))) | (high << (8 * (length - 1))) : 0;
    }

    /// <summary>Four characters below 256 as four bytes.</summary>
    private static ulong Narrow(ulong characters)
    {
        var pairs = (characters | (characters >> 8)) & 0x0000_FFFF_0000_FFFF;
        return (pairs | (pairs >> 16)) & 0xFFFF_FFFF;
    }

    [SuppressMessage("Performance", "CA1815", Justification = "Cells are not compared.")]
    private readonly struct Cell(ulong packed, int slot)
    {
        public readonly ulong Packed = packed;
        public readonly int Slot = slot;
    }
}
