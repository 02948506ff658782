using FsCheck;
using FsCheck.Fluent;

namespace Topology.Tests;

/// <summary>Values of every kind out of small sets, so that two of them are often equal without being made alike.</summary>
internal static class AnyValue
{
    public static Gen<Value> Generator { get; } = Gen.OneOf(
        Gen.Constant(Value.Null),
        Of(false, true),
        Of((sbyte)-1, (byte)1, (short)-1, (ushort)1, 0, 1, 1u, 1L, 1UL, long.MinValue, long.MaxValue, (ulong)long.MaxValue),
        Of(ulong.MaxValue, long.MaxValue + 1UL),
        Of(0.0, -0.0, 1.0, 1f, double.NaN, -double.NaN, BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0001), double.PositiveInfinity),
        Gen.Choose(0, 9).SelectMany(start => Gen.Choose(0, 10 - start).Select(length => Value.Slice("abcabc\0\0\u00e9\u00e9", start, length))),
        Of("", "a", "abc", new string('a', 1), "1", "\0", "\ud83c"),
        Of('a', '\0', '\u00e9'),
        Of(Array.Empty<byte>(), new byte[] { 1 }, new byte[] { 1, 0 }, new byte[] { 0 }, new byte[6], new byte[] { (byte)'a', 0 }),
        Gen.Choose(0, 4).Select(start => (Value)new ReadOnlyMemory<byte>([0, 1, 0, 1, 0]).Slice(start)),
        Of(Instant(0, 0), Instant(0, 60), Instant(0, -839), Instant(1, 0), Instant(1, 840), DateTimeOffset.UnixEpoch),
        Of(TimeSpan.Zero, TimeSpan.FromTicks(1), TimeSpan.MaxValue, TimeSpan.FromTicks(-1)),
        Gen.Elements(0m, -0.0m, 0.00m, 1m, 1.0m, 1.00m, -1m, 10m, 1.10m, 1.1m, decimal.MaxValue, decimal.MinValue, 1e-28m).Select(Value.Of),
        Gen.Elements(Guid.Empty, Id, new Guid(Id.ToByteArray())).Select(Value.Of));

    private static Guid Id { get; } = new("00112233-4455-6677-8899-aabbccddeeff");

    private static Gen<Value> Of(params Value[] values) => Gen.Elements(values);

    private static DateTimeOffset Instant(int hour, int offset) =>
        new DateTimeOffset(2026, 1, 2, hour, 0, 0, TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(offset));
}
