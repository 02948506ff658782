namespace Topology;

/// <summary>What a <see cref="Value"/> holds. The numbers are part of the <see cref="StableHash"/>: add kinds at the end, and never move one.</summary>
public enum ValueKind : byte
{
    /// <summary>Nothing; <c>default(Value)</c>.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A signed integer of 64 bits; narrower integers are widened to it.</summary>
    Int64,

    /// <summary>An unsigned integer above <see cref="long.MaxValue"/>; smaller ones are held as <see cref="Int64"/>.</summary>
    UInt64,

    /// <summary>A floating-point number of 64 bits; a <see cref="float"/> is widened to it.</summary>
    Double,

    /// <summary>Text: a whole string or a slice of one.</summary>
    Text,

    /// <summary>Bytes: a whole array or a slice of one.</summary>
    Bytes,

    /// <summary>A point in time with its offset from UTC.</summary>
    Timestamp,

    /// <summary>A span of time.</summary>
    Duration,

    /// <summary>A <see cref="decimal"/>, boxed.</summary>
    Decimal,

    /// <summary>A <see cref="System.Guid"/>, boxed.</summary>
    Guid,
}
