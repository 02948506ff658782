using System.Collections.Concurrent;

namespace Topology;

/// <summary>
/// The object half of a <see cref="Value"/> that holds no object of its own: one shared instance per kind, and one per
/// offset from UTC for timestamps, so that no value allocates.
/// </summary>
internal sealed class ValueTag(ValueKind kind, TimeSpan offset = default)
{
    public static readonly ValueTag Boolean = new(ValueKind.Boolean);
    public static readonly ValueTag Int64 = new(ValueKind.Int64);
    public static readonly ValueTag UInt64 = new(ValueKind.UInt64);
    public static readonly ValueTag Double = new(ValueKind.Double);
    public static readonly ValueTag Duration = new(ValueKind.Duration);

    private static readonly ValueTag Utc = new(ValueKind.Timestamp);
    private static readonly ConcurrentDictionary<TimeSpan, ValueTag> Offsets = new();

    public ValueKind Kind { get; } = kind;

    public TimeSpan Offset { get; } = offset;

    public static ValueTag Timestamp(TimeSpan offset) =>
        offset == TimeSpan.Zero ? Utc : Offsets.GetOrAdd(offset, static o => new ValueTag(ValueKind.Timestamp, o));
}
