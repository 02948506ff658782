using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Topology;

/// <summary>
/// MurmurHash3 x64-128, which Austin Appleby placed in the public domain. Either all at once, or by blocks of 16 bytes, then at most one
/// tail, then <see cref="Finish"/>.
/// </summary>
/// <remarks>A byte that is not there counts as zero, and so does nothing: only the length tells <c>[1]</c> from <c>[1, 0]</c>.</remarks>
internal struct Murmur3(uint seed)
{
    private const ulong C1 = 0x87c37b91114253d5;
    private const ulong C2 = 0x4cf5ad432745937f;

    private ulong _low = seed;
    private ulong _high = seed;

    /// <summary>The lower 64 bits of the hash, which the reference implementation writes first; right after <see cref="Finish"/>.</summary>
    public readonly ulong Low => _low;

    /// <summary>The upper 64 bits of the hash; right after <see cref="Finish"/>.</summary>
    public readonly ulong High => _high;

    /// <summary>The hash of some bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Murmur3 Of(ReadOnlySpan<byte> data, uint seed)
    {
        var hash = new Murmur3(seed);
        var rest = data;
        for (; rest.Length >= 16; rest = rest[16..])
            hash.Block(BinaryPrimitives.ReadUInt64LittleEndian(rest), BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]));
        if (rest.Length > 8)
            hash.Tail(BinaryPrimitives.ReadUInt64LittleEndian(rest), ReadUpToEight(rest[8..]));
        else
            hash.Tail(ReadUpToEight(rest));
        hash.Finish((ulong)data.Length);
        return hash;
    }

    /// <summary>The lower 64 bits of the hash of up to eight bytes, given as a little-endian number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong LowOf(ulong data, uint length, uint seed)
    {
        var hash = new Murmur3(seed);
        hash.Tail(data);
        hash.Finish(length);
        return hash._low;
    }

    /// <summary>Takes 16 bytes, as two little-endian numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Block(ulong first, ulong second)
    {
        _low = (BitOperations.RotateLeft(_low ^ MixFirst(first), 27) + _high) * 5 + 0x52dce729;
        _high = (BitOperations.RotateLeft(_high ^ MixSecond(second), 31) + _low) * 5 + 0x38495ab5;
    }

    /// <summary>Takes the last bytes, up to 15, as two little-endian numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Tail(ulong first, ulong second = 0)
    {
        _low ^= MixFirst(first);
        _high ^= MixSecond(second);
    }

    /// <summary>Ends the hash.</summary>
    /// <param name="length">How many bytes were taken.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Finish(ulong length)
    {
        _low ^= length;
        _high ^= length;
        _low += _high;
        _high += _low;
        _low = Avalanche(_low);
        _high = Avalanche(_high);
        _low += _high;
        _high += _low;
    }

    private static ulong MixFirst(ulong word) => BitOperations.RotateLeft(word * C1, 31) * C2;

    private static ulong MixSecond(ulong word) => BitOperations.RotateLeft(word * C2, 33) * C1;

    private static ulong Avalanche(ulong word)
    {
        word = (word ^ (word >> 33)) * 0xff51afd7ed558ccd;
        word = (word ^ (word >> 33)) * 0xc4ceb9fe1a85ec53;
        return word ^ (word >> 33);
    }

    // Two reads that overlap, instead of a loop over the bytes: what both read lands on the same bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ReadUpToEight(ReadOnlySpan<byte> data)
    {
        if (data.Length >= 4)
            return BinaryPrimitives.ReadUInt32LittleEndian(data)
                | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(data[^4..]) << (8 * (data.Length - 4)));
        if (data.IsEmpty) return 0;
        var middle = data.Length / 2;
        return data[0] | ((ulong)data[middle] << (8 * middle)) | ((ulong)data[^1] << (8 * (data.Length - 1)));
    }
}
