namespace Topology;

/// <summary>
/// The object half of a <see cref="Value"/> that holds no object of its own: one shared instance per kind, and one per
/// offset from UTC for timestamps, so that no value allocates.
/// </summary>
internal sealed class ValueTag
{
    public static readonly ValueTag Boolean = new(ValueKind.Boolean);
    public static readonly ValueTag Int64 = new(ValueKind.Int64);
    public static readonly ValueTag UInt64 = new(ValueKind.UInt64);
    public static readonly ValueTag Double = new(ValueKind.Double);
    public static readonly ValueTag Duration = new(ValueKind.Duration);

    // A DateTimeOffset allows whole minutes up to 14 hours either way.
    private const int MaxOffsetMinutes = 14 * 60;

    private static readonly ValueTag Utc = new(ValueKind.Timestamp);
    private static readonly ValueTag?[] Offsets = new ValueTag?[(2 * MaxOffsetMinutes) + 1];

    private ValueTag(ValueKind kind, TimeSpan offset = default)
    {
        Kind = kind;
        Offset = offset;
    }

    public ValueKind Kind { get; }

    public TimeSpan Offset { get; }

    /// <summary>The tag of timestamps with an offset that a <see cref="DateTimeOffset"/> can have.</summary>
    public static ValueTag Timestamp(TimeSpan offset)
    {
        if (offset == TimeSpan.Zero) return Utc;

        // Two threads may both make one the first time: harmless, since timestamps are compared by kind and ticks, never by tag.
        return Offsets[(int)(offset.Ticks / TimeSpan.TicksPerMinute) + MaxOffsetMinutes] ??= new(ValueKind.Timestamp, offset);
    }
}
