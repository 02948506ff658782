using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Topology;

public readonly partial struct Value
{
    // Texts of one character are slices of this, so that emitting a letter or a digit does not allocate.
    private static readonly string Ascii = string.Create(128, 0, static (text, _) =>
    {
        for (var i = 0; i < text.Length; i++) text[i] = (char)i;
    });

    /// <summary>Text; a null string gives <see cref="Null"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Value(string? value) => value is null ? default : new(value, value.Length);

    /// <summary>A text of one character, not its number; allocates for one that is not ASCII.</summary>
    public static implicit operator Value(char value) => value < Ascii.Length ? new(Ascii, Pack(value, 1)) : (Value)value.ToString();

    /// <summary>A signed integer.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static implicit operator Value(long value) => new(ValueTag.Int64, value);

    /// <summary>A signed integer.</summary>
    public static implicit operator Value(int value) => new(ValueTag.Int64, value);

    /// <summary>A signed integer.</summary>
    public static implicit operator Value(short value) => new(ValueTag.Int64, value);

    /// <summary>A signed integer.</summary>
    public static implicit operator Value(sbyte value) => new(ValueTag.Int64, value);

    /// <summary>An integer.</summary>
    public static implicit operator Value(byte value) => new(ValueTag.Int64, value);

    /// <summary>An integer.</summary>
    public static implicit operator Value(ushort value) => new(ValueTag.Int64, value);

    /// <summary>An integer.</summary>
    public static implicit operator Value(uint value) => new(ValueTag.Int64, value);

    /// <summary>An integer; held as a signed one where it fits.</summary>
    public static implicit operator Value(ulong value) =>
        new(value <= long.MaxValue ? ValueTag.Int64 : ValueTag.UInt64, (long)value);

    /// <summary>A floating-point number.</summary>
    public static implicit operator Value(double value) => new(ValueTag.Double, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A floating-point number.</summary>
    public static implicit operator Value(float value) => (double)value;

    /// <summary>True or false.</summary>
    public static implicit operator Value(bool value) => new(ValueTag.Boolean, value ? 1 : 0);

    /// <summary>Bytes, not copied; a null array gives <see cref="Null"/>.</summary>
    public static implicit operator Value(byte[]? value) => value is null ? default : new(value, value.Length);

    /// <summary>Bytes, not copied where the memory is of an array.</summary>
    public static implicit operator Value(ReadOnlyMemory<byte> value) =>
        MemoryMarshal.TryGetArray(value, out var segment) && segment.Array is { } array
            ? new(array, Pack(segment.Offset, segment.Count))
            : (Value)value.ToArray();

    /// <summary>A point in time; its offset is kept, and does not count when values are compared.</summary>
    public static implicit operator Value(DateTimeOffset value) => new(ValueTag.Timestamp(value.Offset), value.UtcTicks);

    /// <summary>A span of time.</summary>
    public static implicit operator Value(TimeSpan value) => new(ValueTag.Duration, value.Ticks);
}
