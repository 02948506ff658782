using FsCheck;
using FsCheck.Fluent;

namespace Topology.Tests;

public sealed class ValueEqualityTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly (Value Left, Value Right)[] Alike =
    [
        (1, 1L), (1u, (byte)1), (long.MaxValue, (ulong)long.MaxValue),
        (0.0, -0.0), (double.NaN, BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0001)), (0.5f, 0.5),
        ("word", Value.Slice("a word", 2..)), ("w", 'w'), ("", Value.Slice("word", 2, 0)),
        (new byte[] { 1, 2 }, new ReadOnlyMemory<byte>([0, 1, 2], 1, 2)),
        (Noon, Noon.ToOffset(TimeSpan.FromHours(2))),
        (Value.Of(1.0m), Value.Of(1.00m)), (Value.Of(0m), Value.Of(-0.0m)),
        (Value.Of(new Guid("00112233-4455-6677-8899-aabbccddeeff")), Value.Of(new Guid("00112233-4455-6677-8899-aabbccddeeff"))),
        (Value.Null, (string?)null),
    ];

    private static readonly (Value Left, Value Right)[] Different =
    [
        (1, 1.0), (1, "1"), (1, true), (0, Value.Null), ("", Value.Null), (-1, ulong.MaxValue), (Value.Of(1m), 1), ("word", "Word"),
        ("\u00e9", "e\u0301"), ("a", new byte[] { (byte)'a' }), (TimeSpan.FromTicks(1), 1), (Noon, Noon.AddTicks(1)),
        (Noon, Noon.UtcTicks), (false, 0), (Value.Of(Guid.Empty), Value.Null), (Array.Empty<byte>(), ""), (0.0, 0),
    ];

    [Test]
    public void Values_of_one_kind_and_equal_content_are_equal()
    {
        Assert.Multiple(() =>
        {
            foreach (var (left, right) in Alike)
            {
                Assert.That(left == right && right == left && left.Equals((object)right) && !(left != right), $"{left} and {right}");
                Assert.That(left.GetHashCode(), Is.EqualTo(right.GetHashCode()), $"{left} and {right}");
            }
        });
    }

    [Test]
    public void Values_of_different_kinds_or_content_differ()
    {
        Assert.Multiple(() =>
        {
            foreach (var (left, right) in Different)
                Assert.That(left != right && right != left && !left.Equals((object)right) && !(left == right), $"{left} and {right}");
        });
    }

    [Test]
    public void Equality_is_an_equivalence_that_hash_codes_follow() =>
        Prop.ForAll(AnyValue.Generator.Three().ToArbitrary(), x =>
        {
            var (a, b, c) = x;
            return a.Equals(a)
                && a.Equals(b) == b.Equals(a)
                && (!(a.Equals(b) && b.Equals(c)) || a.Equals(c))
                && (!a.Equals(b) || a.GetHashCode() == b.GetHashCode());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Test]
    public void A_value_is_not_what_it_holds() => Assert.That(((Value)"word").Equals("word" as object), Is.False);

    [Test]
    public void Keys_of_one_key_group_keep_different_hash_codes()
    {
        var oneGroup = Enumerable.Range(0, 100_000).Select(n => (Value)n).Where(v => KeyGroups.Of(StableHash.Of(v), 128) == 5).ToList();
        var buckets = oneGroup.Select(v => v.GetHashCode() & 127).Distinct().Count();
        Assert.That(oneGroup, Has.Count.GreaterThan(500));
        Assert.That(buckets, Is.GreaterThan(100));
    }
}
