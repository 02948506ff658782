using FsCheck;
using FsCheck.Fluent;

namespace Topology.Messaging.Tests;

/// <summary>Values of every kind, thick around the lengths and numbers at which the form on the wire changes.</summary>
internal static class AnyWireValue
{
    private static readonly long[] Edges = [0, 31, 32, 127, 128, 255, 256, 32767, 32768, 65535, 65536, int.MaxValue, uint.MaxValue, 1L << 32, long.MaxValue];

    private static readonly Gen<int> Lengths = Gen.Frequency(
        (10, Gen.Choose(0, 40)), (2, Gen.Choose(250, 260)), (1, Gen.Elements(65_534, 65_535, 65_536, 70_000)));

    private static readonly Gen<string> Characters = Gen.Frequency(
        (30, Gen.Choose(0, 127).Select(c => ((char)c).ToString())),
        (1, Gen.Elements("\u0080", "é", "\u07ff", "€", "\uffff", "\U0001F300", "\ud83c", "\udf00")));

    public static Gen<Value> Generator { get; } = Gen.Frequency(
        (1, Gen.Constant(Value.Null)),
        (1, Gen.Elements<Value>(true, false)),
        (6, Integers()),
        (2, Gen.Elements<Value>(0.0, -0.0, 1.5, double.NaN, double.Epsilon, double.MaxValue, double.NegativeInfinity, BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0001))),
        (8, Texts()),
        (3, Bytes()),
        (2, Timestamps()),
        (1, ArbMap.Default.GeneratorFor<long>().Select(ticks => (Value)new TimeSpan(ticks))),
        (1, Gen.Elements(0m, -0.0m, 1.00m, decimal.MaxValue, decimal.MinValue, 1e-28m, -123456789.987654321m).Select(Value.Of)),
        (1, ArbMap.Default.GeneratorFor<Guid>().Select(Value.Of)));

    /// <summary>Whether nothing of a value was lost, not even what does not count when values are compared.</summary>
    public static bool AreTheSame(Value one, Value other) =>
        one.Kind == other.Kind && one == other && one.ToString() == other.ToString() && (one.Kind != ValueKind.Double || one.Bits == other.Bits);

    private static Gen<Value> Integers() => Gen.OneOf(
        from edge in Gen.Elements(Edges)
        from sign in Gen.Elements(1L, -1L)
        from step in Gen.Choose(-1, 1)
        select (Value)unchecked((sign * edge) + step),
        ArbMap.Default.GeneratorFor<long>().Select(number => (Value)number),
        Gen.Elements<Value>(long.MinValue, ulong.MaxValue, long.MaxValue + 1UL));

    private static Gen<Value> Texts() =>
        from length in Lengths
        from characters in Characters.ListOf(Math.Min(length, 50))
        from skipped in Gen.Choose(0, 3)
        let text = string.Concat(characters) + new string('x', Math.Max(0, length - 50))
        let start = Math.Min(skipped, text.Length)
        select Value.Slice(text, start, text.Length - start);

    private static Gen<Value> Bytes() =>
        from length in Lengths
        from skipped in Gen.Choose(0, 3)
        let bytes = Enumerable.Range(0, length).Select(i => (byte)(i * 7)).ToArray()
        select (Value)new ReadOnlyMemory<byte>(bytes, Math.Min(skipped, length), length - Math.Min(skipped, length));

    private static Gen<Value> Timestamps() =>
        from instant in Gen.Elements(
            DateTimeOffset.MinValue.AddDays(1), DateTimeOffset.MaxValue.AddDays(-1), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddTicks(-1),
            DateTimeOffset.FromUnixTimeSeconds(uint.MaxValue), DateTimeOffset.FromUnixTimeSeconds(1L << 32), DateTimeOffset.FromUnixTimeSeconds((1L << 34) - 1),
            DateTimeOffset.FromUnixTimeSeconds(1L << 34), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(6_789_012))
        from minutes in Gen.Elements(0, 0, 60, -839, 840)
        select (Value)instant.ToOffset(TimeSpan.FromMinutes(minutes));
}
