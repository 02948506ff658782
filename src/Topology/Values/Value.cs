using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Topology;

/// <summary>
/// One field of a tuple: a union of 16 bytes (an object or a tag, and 64 bits) that holds what a tuple may carry without
/// allocating. A type that has no conversion to it does not compile; <see cref="decimal"/> and <see cref="System.Guid"/>,
/// which do not fit, go through <see cref="Of(decimal)"/> and <see cref="Of(System.Guid)"/> and are boxed.
/// </summary>
/// <remarks>
/// Values are immutable and may be read from any thread. Bytes and text are held by reference: do not change an array after emitting it.
/// Equal integers are equal whatever type they came from: <c>(Value)1</c>, <c>(Value)1L</c> and <c>(Value)(byte)1</c> are the same value.
/// </remarks>
[DebuggerDisplay("{ToString(),nq} ({Kind})")]
public readonly partial struct Value
{
    private readonly object? _object;

    // A number's bits, a timestamp's UTC ticks, or a slice: start in the upper 32 bits, length in the lower.
    private readonly long _bits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Value(object? tag, long bits)
    {
        _object = tag;
        _bits = bits;
    }

    /// <summary>The value that holds nothing. Write this rather than a bare <c>null</c>, which would be taken for an empty list of values.</summary>
    public static Value Null => default;

    /// <summary>What this value holds.</summary>
    public ValueKind Kind => _object switch
    {
        null => ValueKind.Null,
        ValueTag tag => tag.Kind,
        string => ValueKind.Text,
        byte[] => ValueKind.Bytes,
        decimal => ValueKind.Decimal,
        _ => ValueKind.Guid,
    };

    /// <summary>True for <see cref="Null"/>.</summary>
    public bool IsNull => _object is null;

    /// <summary>The object half: the text, array, boxed content or <see cref="ValueTag"/>.</summary>
    internal object? Reference => _object;

    /// <summary>The other half: a number's bits, a timestamp's UTC ticks, or where a slice is.</summary>
    internal long Bits => _bits;

    /// <summary>The part that it holds of its own <see cref="Reference"/>, for callers that have found that to be a text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ReadOnlySpan<char> PartOf(string text) => text.AsSpan(Start, Length);

    private int Start => (int)(_bits >> 32);

    private int Length => (int)_bits;

    /// <summary>A boxed decimal.</summary>
    public static Value Of(decimal value) => new(value, 0);

    /// <summary>A boxed identifier.</summary>
    public static Value Of(Guid value) => new(value, 0);

    /// <summary>A part of a text, without copying it. The value keeps the whole string alive.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range lies outside <paramref name="text"/>.</exception>
    public static Value Slice(string text, int start, int length)
    {
        ArgumentNullException.ThrowIfNull(text);
        if ((uint)start > (uint)text.Length || (uint)length > (uint)(text.Length - start))
            throw new ArgumentOutOfRangeException(nameof(start), $"The slice [{start}, {start + length}) lies outside a text of {text.Length} characters.");
        return new(text, Pack(start, length));
    }

    /// <inheritdoc cref="Slice(string, int, int)"/>
    public static Value Slice(string text, Range range)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (start, length) = range.GetOffsetAndLength(text.Length);
        return new(text, Pack(start, length));
    }

    /// <summary>The text as a string; allocates when the value is a slice of a longer one.</summary>
    /// <exception cref="InvalidCastException">The value is not text.</exception>
    public string AsString()
    {
        if (_object is not string text) return Throw<string>(ValueKind.Text);
        return Length == text.Length ? text : text.Substring(Start, Length);
    }

    /// <summary>The text as a string, or null when the value is null.</summary>
    /// <exception cref="InvalidCastException">The value is neither text nor null.</exception>
    public string? AsStringOrNull() => IsNull ? null : AsString();

    /// <summary>The text's characters, without copying.</summary>
    /// <exception cref="InvalidCastException">The value is not text.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<char> AsSpan() =>
        _object is string text ? text.AsSpan(Start, Length) : Throw<string>(ValueKind.Text);

    /// <summary>The bytes, without copying.</summary>
    /// <exception cref="InvalidCastException">The value is not bytes.</exception>
    public ReadOnlyMemory<byte> AsBytes() =>
        _object is byte[] bytes ? bytes.AsMemory(Start, Length) : Throw<byte[]>(ValueKind.Bytes);

    /// <summary>The signed integer.</summary>
    /// <exception cref="InvalidCastException">The value is not an integer.</exception>
    /// <exception cref="OverflowException">The integer is above <see cref="long.MaxValue"/>.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long AsInt64() => ReferenceEquals(_object, ValueTag.Int64) ? _bits : ThrowInt64();

    /// <summary>The signed integer, in 32 bits.</summary>
    /// <exception cref="InvalidCastException">The value is not an integer.</exception>
    /// <exception cref="OverflowException">The integer does not fit.</exception>
    public int AsInt32() => checked((int)AsInt64());

    /// <summary>The unsigned integer.</summary>
    /// <exception cref="InvalidCastException">The value is not an integer.</exception>
    /// <exception cref="OverflowException">The integer is negative.</exception>
    public ulong AsUInt64() =>
        ReferenceEquals(_object, ValueTag.UInt64) ? (ulong)_bits
        : ReferenceEquals(_object, ValueTag.Int64) ? checked((ulong)_bits)
        : Throw<ulong>(ValueKind.UInt64);

    /// <summary>The number as a double; integers and decimals are converted to the nearest.</summary>
    /// <exception cref="InvalidCastException">The value is not a number.</exception>
    public double AsDouble() =>
        ReferenceEquals(_object, ValueTag.Double) ? BitConverter.Int64BitsToDouble(_bits)
        : ReferenceEquals(_object, ValueTag.Int64) ? _bits
        : ReferenceEquals(_object, ValueTag.UInt64) ? (ulong)_bits
        : _object is decimal value ? (double)value
        : Throw<double>(ValueKind.Double);

    /// <summary>True or false.</summary>
    /// <exception cref="InvalidCastException">The value is not a boolean.</exception>
    public bool AsBoolean() => ReferenceEquals(_object, ValueTag.Boolean) ? _bits != 0 : Throw<bool>(ValueKind.Boolean);

    /// <summary>The point in time, with the offset it was emitted with.</summary>
    /// <exception cref="InvalidCastException">The value is not a timestamp.</exception>
    public DateTimeOffset AsTimestamp() =>
        _object is ValueTag { Kind: ValueKind.Timestamp } tag
            ? new DateTimeOffset(_bits + tag.Offset.Ticks, tag.Offset)
            : Throw<DateTimeOffset>(ValueKind.Timestamp);

    /// <summary>The span of time.</summary>
    /// <exception cref="InvalidCastException">The value is not a duration.</exception>
    public TimeSpan AsDuration() => ReferenceEquals(_object, ValueTag.Duration) ? new TimeSpan(_bits) : Throw<TimeSpan>(ValueKind.Duration);

    /// <summary>The decimal; integers are converted.</summary>
    /// <exception cref="InvalidCastException">The value is neither a decimal nor an integer.</exception>
    public decimal AsDecimal() =>
        _object is decimal value ? value
        : ReferenceEquals(_object, ValueTag.Int64) ? _bits
        : ReferenceEquals(_object, ValueTag.UInt64) ? (ulong)_bits
        : Throw<decimal>(ValueKind.Decimal);

    /// <summary>The identifier.</summary>
    /// <exception cref="InvalidCastException">The value is not an identifier.</exception>
    public Guid AsGuid() => _object is Guid value ? value : Throw<Guid>(ValueKind.Guid);

    /// <summary>The size in bytes that limits are checked against: 2 per character of text, 1 per byte, 16 for the rest.</summary>
    internal long Size => _object switch
    {
        string => 2L * Length,
        byte[] => Length,
        _ => 16,
    };

    /// <summary>
    /// Whether it is text or bytes of more than so many characters or bytes. Almost always one comparison: the lower half of a number, read as a
    /// length, is mostly small.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool MayBeLong(int length) => Length > length && _object is not ValueTag;

    /// <summary>Whether text or bytes take more than a limit; other values never do.</summary>
    internal bool IsLongerThan(int limit) => _object is not ValueTag and not null && Size > limit;

    /// <summary>The start of the value's text, so that reporting a large one costs no more than a small one.</summary>
    internal string ToShortString(int longest) => Kind switch
    {
        ValueKind.Text when Length > longest => string.Concat(AsSpan()[..longest], "…"),
        ValueKind.Bytes when Length > longest => Convert.ToHexStringLower(AsBytes().Span[..longest]) + "…",
        _ => ToString(),
    };

    /// <summary>The value as text for people, in the invariant culture; bytes as hexadecimal digits.</summary>
    public override string ToString() => Kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Boolean => AsBoolean() ? "true" : "false",
        ValueKind.Int64 => _bits.ToString(CultureInfo.InvariantCulture),
        ValueKind.UInt64 => ((ulong)_bits).ToString(CultureInfo.InvariantCulture),
        ValueKind.Double => AsDouble().ToString("R", CultureInfo.InvariantCulture),
        ValueKind.Text => AsString(),
        ValueKind.Bytes => Convert.ToHexStringLower(AsBytes().Span),
        ValueKind.Timestamp => AsTimestamp().ToString("O", CultureInfo.InvariantCulture),
        ValueKind.Duration => AsDuration().ToString("c", CultureInfo.InvariantCulture),
        ValueKind.Decimal => AsDecimal().ToString(CultureInfo.InvariantCulture),
        _ => AsGuid().ToString(),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Pack(int start, int length) => ((long)start << 32) | (uint)length;

    [MethodImpl(MethodImplOptions.NoInlining), DoesNotReturn]
    private long ThrowInt64() =>
        ReferenceEquals(_object, ValueTag.UInt64)
            ? throw new OverflowException($"The integer {this} does not fit in 64 bits with a sign.")
            : Throw<long>(ValueKind.Int64);

    [MethodImpl(MethodImplOptions.NoInlining), DoesNotReturn]
    private T Throw<T>(ValueKind wanted) =>
        throw new InvalidCastException($"This value is {Kind}, not {wanted}: {(Kind is ValueKind.Text or ValueKind.Bytes ? $"{Length} long" : ToString())}.");
}
