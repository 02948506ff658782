using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Topology;

public readonly partial struct Value : IEquatable<Value>
{
    /// <summary>
    /// Two values are equal when they are of one kind and equal content: text by its UTF-16 code units, doubles with -0.0 equal to 0.0 and NaN
    /// to NaN, timestamps by the instant alone, decimals by the number (1.0 equals 1.00). Kinds are never equal: neither 1 to 1.0, nor "1" to 1.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Equals(Value other) => (_bits == other._bits && ReferenceEquals(_object, other._object)) || EqualsByContent(other);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Value other && Equals(other);

    /// <summary>The upper half of the <see cref="StableHash"/>: the same in every process.</summary>
    /// <remarks>Key groups go by the lower half, so within one task it varies little; a hash table there would find its keys crowded.</remarks>
    public override int GetHashCode() => (int)(StableHash.Of(this) >> 32);

    /// <summary>Whether two values are equal; see <see cref="Equals(Value)"/>.</summary>
    public static bool operator ==(Value left, Value right) => left.Equals(right);

    /// <summary>Whether two values differ; see <see cref="Equals(Value)"/>.</summary>
    public static bool operator !=(Value left, Value right) => !left.Equals(right);

    private bool EqualsByContent(Value other) => _object switch
    {
        null => other._object is null,
        string text => other._object is string otherText
            && text.AsSpan(Start, Length).SequenceEqual(otherText.AsSpan(other.Start, other.Length)),
        byte[] bytes => other._object is byte[] otherBytes
            && bytes.AsSpan(Start, Length).SequenceEqual(otherBytes.AsSpan(other.Start, other.Length)),
        ValueTag tag => other._object is ValueTag otherTag && tag.Kind == otherTag.Kind && EqualsByBits(tag.Kind, other),
        decimal number => other._object is decimal otherNumber && number == otherNumber,
        _ => other._object is Guid otherId && AsGuid() == otherId,
    };

    private bool EqualsByBits(ValueKind kind, Value other) =>
        kind == ValueKind.Double ? AsDouble().Equals(other.AsDouble()) : _bits == other._bits;
}
