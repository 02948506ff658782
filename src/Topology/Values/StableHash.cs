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
/// The hash of a value is XXH3 of 64 bits, as the xxHash specification (<c>doc/xxhash_spec.md</c>) has it, over the canonical bytes of its content. The
/// seed says what kind of content it is: (<see cref="ValueKind"/> + 1) × 0x9E3779B97F4A7C15, modulo 2^64. Numbers of several bytes are little-endian:
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
/// The hash of several values starts as that of the first; each further value makes it the hash of 16 bytes, those of the hash so far and of the value's
/// own, with the seed 255 × 0x9E3779B97F4A7C15. One value alone hashes as itself, so that grouping by one field and state keyed by that field agree;
/// an empty list hashes as no bytes with that seed. Pure and without allocation; use it from any thread.
/// </para>
/// </remarks>
public static class StableHash
{
    // 2^64 divided by the golden ratio: its multiples differ in many bits. Seeds that differ in few would make an integer and a duration, say, hash alike
    // when their bits differ in those few.
    private const ulong SeedStep = 0x9E37_79B9_7F4A_7C15;
    private const ulong SeedOfSeveral = unchecked(255 * SeedStep);
    private const ulong CanonicalNaN = 0x7FF8_0000_0000_0000;

    /// <summary>The hash of one value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(Value value) => OfRef(in value);

    /// <summary>The hash of an integer, which every width of integer shares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(long value) => Xxh3.OfWord((ulong)value, SeedOf(ValueKind.Int64));

    /// <summary>The hash of a text; that of <see cref="Value.Null"/> where it is null.</summary>
    public static ulong Of(string? value) => value is null ? OfNothing() : Of(value.AsSpan());

    /// <summary>The hash of a text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(ReadOnlySpan<char> value) =>
        Xxh3.Of(ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(value)), (uint)value.Length * sizeof(char), SeedOf(ValueKind.Text));

    /// <summary>The hash of a text of one character. Here because a <see cref="char"/> would be taken for an integer otherwise.</summary>
    public static ulong Of(char value) => Of(new ReadOnlySpan<char>(in value));

    /// <summary>The hash of an identifier.</summary>
    public static ulong Of(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes);
        return Xxh3.Of(bytes, SeedOf(ValueKind.Guid));
    }

    /// <summary>The hash of several values, in which their order counts; that of the value itself where there is one.</summary>
    public static ulong Of(ReadOnlySpan<Value> values)
    {
        if (values.IsEmpty) return Xxh3.OfNothing(SeedOfSeveral);
        var hash = OfRef(in values[0]);
        for (var i = 1; i < values.Length; i++) hash = Xxh3.OfWords(hash, OfRef(in values[i]), SeedOfSeveral);
        return hash;
    }

    /// <summary>The hash of some fields of a tuple, as if they alone were given, in the order of <paramref name="fields"/>.</summary>
    /// <param name="values">The tuple's values.</param>
    /// <param name="fields">The indexes, from 0, of the values that count.</param>
    /// <exception cref="IndexOutOfRangeException">The tuple has no value at one of the indexes.</exception>
    public static ulong Of(ReadOnlySpan<Value> values, ReadOnlySpan<int> fields)
    {
        if (fields.IsEmpty) return Xxh3.OfNothing(SeedOfSeveral);
        var hash = OfRef(in values[fields[0]]);
        for (var i = 1; i < fields.Length; i++) hash = Xxh3.OfWords(hash, OfRef(in values[fields[i]]), SeedOfSeveral);
        return hash;
    }

    /// <summary>The hash of one value, which is read where it is: inlined, passing it by value would copy it to the stack first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong OfRef(ref readonly Value value)
    {
        var reference = value.Reference;

        // Not "is string": that is a call wherever the compiler takes the place for a rare one.
        if (reference is not null && reference.GetType() == typeof(string)) return Of(value.PartOf(Unsafe.As<string>(reference)));
        return ReferenceEquals(reference, ValueTag.Int64) ? Of(value.Bits) : OfRare(value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong OfRare(Value value)
    {
        var kind = value.Kind;
        return kind switch
        {
            ValueKind.Null => OfNothing(),
            ValueKind.Boolean => Xxh3.OfByte((byte)value.Bits, SeedOf(kind)),
            ValueKind.Double => Xxh3.OfWord(Canonical(value.AsDouble()), SeedOf(kind)),
            ValueKind.Bytes => Xxh3.Of(value.AsBytes().Span, SeedOf(kind)),
            ValueKind.Decimal => OfDecimal(value.AsDecimal()),
            ValueKind.Guid => Of(value.AsGuid()),
            _ => Xxh3.OfWord((ulong)value.Bits, SeedOf(kind)),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong SeedOf(ValueKind kind) => ((ulong)kind + 1) * SeedStep;

    private static ulong OfNothing() => Xxh3.OfNothing(SeedOf(ValueKind.Null));

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
        return Xxh3.Of(bytes, SeedOf(ValueKind.Decimal));
    }
}
