using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Topology;

/// <summary>
/// The hash by which keys are dealt to tasks and key groups: the same in every process and on every (little-endian) machine, and never to be changed,
/// since stored state is laid out by it. Equal values have equal hashes.
/// </summary>
/// <remarks>
/// <para>
/// The hash of a value is the lower 64 bits of MurmurHash3 x64-128 over the canonical bytes of its content. The seed says what kind of content it is:
/// (<see cref="ValueKind"/> + 1) × 2^24. Numbers of several bytes are little-endian:
/// </para>
/// <list type="table">
/// <item><term>null</term><description>no bytes</description></item>
/// <item><term>boolean</term><description>1 byte, 0 or 1</description></item>
/// <item><term>integer</term><description>8 bytes, whatever its width; those above <see cref="long.MaxValue"/> are of a kind of their own</description></item>
/// <item><term>double</term><description>the 8 bytes of its bits; -0.0 as 0.0, and every NaN as 0x7FF8000000000000</description></item>
/// <item><term>text</term><description>its UTF-16 code units, 2 bytes each, not normalised</description></item>
/// <item><term>bytes</term><description>themselves</description></item>
/// <item><term>timestamp</term><description>8 bytes, its ticks in UTC; the offset does not count</description></item>
/// <item><term>duration</term><description>8 bytes, its ticks</description></item>
/// <item><term>decimal</term><description>the four words of <see cref="decimal.GetBits(decimal)"/>, 4 bytes each, of the equal decimal of the smallest scale; -0 as 0</description></item>
/// <item><term>identifier</term><description>the 16 bytes of <see cref="Guid.ToByteArray()"/></description></item>
/// </list>
/// <para>
/// The hash of several values is that of their hashes in order, 8 bytes each, with the seed 0xFF000000. One value alone hashes as itself, so that grouping
/// by one field and state keyed by that field agree. Pure and without allocation; use it from any thread.
/// </para>
/// </remarks>
public static class StableHash
{
    private const uint Several = 0xFF00_0000;
    private const ulong CanonicalNaN = 0x7FF8_0000_0000_0000;

    /// <summary>The hash of one value.</summary>
    public static ulong Of(Value value)
    {
        if (ReferenceEquals(value.Reference, ValueTag.Int64)) return Of(value.Bits);
        return value.Reference is string ? Of(value.AsSpan()) : OfRare(value);
    }

    /// <summary>The hash of an integer, which every width of integer shares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(long value) => Murmur3.LowOf((ulong)value, 8, SeedOf(ValueKind.Int64));

    /// <summary>The hash of a text; that of <see cref="Value.Null"/> where it is null.</summary>
    public static ulong Of(string? value) => value is null ? OfNothing() : Of(value.AsSpan());

    /// <summary>The hash of a text.</summary>
    public static ulong Of(ReadOnlySpan<char> value) => Murmur3.Of(MemoryMarshal.AsBytes(value), SeedOf(ValueKind.Text)).Low;

    /// <summary>The hash of a text of one character. Here because a <see cref="char"/> would be taken for an integer otherwise.</summary>
    public static ulong Of(char value) => Murmur3.LowOf(value, 2, SeedOf(ValueKind.Text));

    /// <summary>The hash of an identifier.</summary>
    public static ulong Of(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes);
        return Murmur3.Of(bytes, SeedOf(ValueKind.Guid)).Low;
    }

    /// <summary>The hash of several values, in which their order counts; that of the value itself where there is one.</summary>
    public static ulong Of(ReadOnlySpan<Value> values)
    {
        if (values.Length == 1) return Of(values[0]);
        var hash = new Murmur3(Several);
        var i = 0;
        for (; i + 1 < values.Length; i += 2) hash.Block(Of(values[i]), Of(values[i + 1]));
        if (i < values.Length) hash.Tail(Of(values[i]));
        hash.Finish(8 * (ulong)values.Length);
        return hash.Low;
    }

    /// <summary>The hash of some fields of a tuple, as if they alone were given, in the order of <paramref name="fields"/>.</summary>
    /// <param name="values">The tuple's values.</param>
    /// <param name="fields">The indexes, from 0, of the values that count.</param>
    /// <exception cref="IndexOutOfRangeException">The tuple has no value at one of the indexes.</exception>
    public static ulong Of(ReadOnlySpan<Value> values, ReadOnlySpan<int> fields)
    {
        if (fields.Length == 1) return Of(values[fields[0]]);
        var hash = new Murmur3(Several);
        var i = 0;
        for (; i + 1 < fields.Length; i += 2) hash.Block(Of(values[fields[i]]), Of(values[fields[i + 1]]));
        if (i < fields.Length) hash.Tail(Of(values[fields[i]]));
        hash.Finish(8 * (ulong)fields.Length);
        return hash.Low;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong OfRare(Value value)
    {
        var kind = value.Kind;
        return kind switch
        {
            ValueKind.Null => OfNothing(),
            ValueKind.Boolean => Murmur3.LowOf((ulong)value.Bits, 1, SeedOf(kind)),
            ValueKind.Double => Murmur3.LowOf(Canonical(value.AsDouble()), 8, SeedOf(kind)),
            ValueKind.Bytes => Murmur3.Of(value.AsBytes().Span, SeedOf(kind)).Low,
            ValueKind.Decimal => OfDecimal(value.AsDecimal()),
            ValueKind.Guid => Of(value.AsGuid()),
            _ => Murmur3.LowOf((ulong)value.Bits, 8, SeedOf(kind)),
        };
    }

    // Murmur3 starts from the seed xor the length: in the low bits, kind 1 with one zero byte would equal kind 0 with none.
    private static uint SeedOf(ValueKind kind) => ((uint)kind + 1) << 24;

    private static ulong OfNothing() => Murmur3.LowOf(0, 0, SeedOf(ValueKind.Null));

    private static ulong Canonical(double value)
    {
        if (double.IsNaN(value)) return CanonicalNaN;
        return value == 0 ? 0 : BitConverter.DoubleToUInt64Bits(value);
    }

    private static ulong OfDecimal(decimal value)
    {
        Span<int> words = stackalloc int[4];
        decimal.GetBits(value, words);
        var coefficient = new UInt128((uint)words[2], ((ulong)(uint)words[1] << 32) | (uint)words[0]);
        var scale = (words[3] >> 16) & 0xFF;
        while (scale > 0 && coefficient % 10 == 0)
        {
            coefficient /= 10;
            scale--;
        }

        var sign = coefficient == 0 ? 0 : words[3] & int.MinValue;
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, coefficient);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], sign | (scale << 16));
        return Murmur3.Of(bytes, SeedOf(ValueKind.Decimal)).Low;
    }
}
