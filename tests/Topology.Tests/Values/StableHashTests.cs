using FsCheck;
using FsCheck.Fluent;

namespace Topology.Tests;

public sealed class StableHashTests
{
    private static readonly Guid Id = new("00112233-4455-6677-8899-aabbccddeeff");

    /// <summary>Worked out with the C library of xxHash, from the canonical form in the documentation. A change here loses users' stored state.</summary>
    private static readonly TestCaseData[] Golden =
    [
        new TestCaseData(Value.Null, 0x602b0e2cd6662c8bul).SetArgDisplayNames("null"),
        new TestCaseData((Value)true, 0xc45c2ecb8ec82436ul).SetArgDisplayNames("true"),
        new TestCaseData((Value)false, 0x4f0b3153f1420c69ul).SetArgDisplayNames("false"),
        new TestCaseData((Value)0, 0x6aba49c44f7a8a99ul).SetArgDisplayNames("0"),
        new TestCaseData((Value)42, 0x5a83968e611df8e0ul).SetArgDisplayNames("42"),
        new TestCaseData((Value)(-1), 0xce81f030b6725bdaul).SetArgDisplayNames("-1"),
        new TestCaseData((Value)ulong.MaxValue, 0xfc94516ac2ecf9a6ul).SetArgDisplayNames("largest integer"),
        new TestCaseData((Value)0.0, 0x59293f31cde376e1ul).SetArgDisplayNames("0.0"),
        new TestCaseData((Value)(-0.0), 0x59293f31cde376e1ul).SetArgDisplayNames("-0.0"),
        new TestCaseData((Value)1.5, 0x0c422df16b980942ul).SetArgDisplayNames("1.5"),
        new TestCaseData((Value)double.NaN, 0x83486558e36cc565ul).SetArgDisplayNames("NaN"),
        new TestCaseData((Value)"", 0x143b57782412ceceul).SetArgDisplayNames("empty text"),
        new TestCaseData((Value)"a", 0xc3b99d99214e2ad4ul).SetArgDisplayNames("a"),
        new TestCaseData((Value)'a', 0xc3b99d99214e2ad4ul).SetArgDisplayNames("the character a"),
        new TestCaseData((Value)"word", 0xb333be4d6a9a09e2ul).SetArgDisplayNames("word"),
        new TestCaseData((Value)"Gr\u00fc\u00dfe, \u4e16\u754c \ud83c\udf0d", 0xe6f1d99d88cd97aful).SetArgDisplayNames("text beyond ASCII"),
        new TestCaseData((Value)"The quick brown fox jumps over the lazy dog", 0xe71a6d3029f48846ul).SetArgDisplayNames("text of several parts"),
        new TestCaseData((Value)new byte[] { 1, 2, 3 }, 0x85d47b5c7a01b1b2ul).SetArgDisplayNames("bytes 1 2 3"),
        new TestCaseData((Value)new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), 0x7e2e213eb85e222cul).SetArgDisplayNames("timestamp"),
        new TestCaseData((Value)new DateTimeOffset(2026, 1, 2, 4, 4, 5, TimeSpan.FromHours(1)), 0x7e2e213eb85e222cul).SetArgDisplayNames("timestamp elsewhere"),
        new TestCaseData((Value)TimeSpan.FromHours(1), 0x53438bfcff51a49aul).SetArgDisplayNames("an hour"),
        new TestCaseData(Value.Of(1.5m), 0x3e18e1b885a71e8bul).SetArgDisplayNames("decimal 1.5"),
        new TestCaseData(Value.Of(1.500m), 0x3e18e1b885a71e8bul).SetArgDisplayNames("decimal 1.500"),
        new TestCaseData(Value.Of(-1000m), 0x252d15331a824aa8ul).SetArgDisplayNames("decimal -1000"),
        new TestCaseData(Value.Of(-0.00m), 0xf590252e0780d595ul).SetArgDisplayNames("decimal -0.00"),
        new TestCaseData(Value.Of(decimal.MaxValue), 0x1e5b2688adc056ddul).SetArgDisplayNames("largest decimal"),
        new TestCaseData(Value.Of(Id), 0x148a3a1a66a8c2eaul).SetArgDisplayNames("identifier"),
    ];

    [TestCaseSource(nameof(Golden))]
    public void A_value_hashes_as_it_always_did(Value value, ulong hash) => Assert.That(StableHash.Of(value), Is.EqualTo(hash));

    [Test]
    public void Several_values_hash_as_they_always_did()
    {
        Assert.Multiple(() =>
        {
            Assert.That(StableHash.Of(ReadOnlySpan<Value>.Empty), Is.EqualTo(0xc498d2b0e1647fd8ul));
            Assert.That(StableHash.Of(["word", 42]), Is.EqualTo(0x158748e10813a451ul));
            Assert.That(StableHash.Of([42, "word"]), Is.EqualTo(0x61db4fd356af9ed9ul));
            Assert.That(StableHash.Of(["word", 42, Value.Null]), Is.EqualTo(0x9b5b8aec1f99e77eul));
        });
    }

    [Test]
    public void The_kinds_keep_their_numbers() =>
        Assert.That(
            Enum.GetValues<ValueKind>(),
            Is.EqualTo(new[]
            {
                ValueKind.Null, ValueKind.Boolean, ValueKind.Int64, ValueKind.UInt64, ValueKind.Double, ValueKind.Text, ValueKind.Bytes,
                ValueKind.Timestamp, ValueKind.Duration, ValueKind.Decimal, ValueKind.Guid,
            }));

    [Test]
    public void Values_hash_alike_exactly_when_they_are_equal() =>
        Prop.ForAll(
            AnyValue.Generator.Two().ToArbitrary(),
            pair => pair.Item1.Equals(pair.Item2) == (StableHash.Of(pair.Item1) == StableHash.Of(pair.Item2)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Test]
    public void Integers_hash_alike_whatever_their_width() =>
        Prop.ForAll<byte>(n =>
        {
            var hash = StableHash.Of((long)n);
            Value[] widths = [n, (short)n, (ushort)n, (int)n, (uint)n, (long)n, (ulong)n];
            return widths.All(w => StableHash.Of(w) == hash);
        }).QuickCheckThrowOnFailure();

    [Test]
    public void Decimals_hash_alike_whatever_their_scale() =>
        Prop.ForAll(Gen.Choose(-1_000_000, 1_000_000).SelectMany(n => Gen.Choose(0, 20).Select(zeros => (n, zeros))).ToArbitrary(), pair =>
        {
            var number = pair.n / 1000m;
            var one = new decimal(1, 0, 0, false, 0);
            for (var i = 0; i < pair.zeros; i++) one *= 1.0m;
            return StableHash.Of(Value.Of(number * one)) == StableHash.Of(Value.Of(number));
        }).QuickCheckThrowOnFailure();

    [Test]
    public void A_key_hashes_alike_as_a_value_and_as_what_it_is()
    {
        Assert.Multiple(() =>
        {
            Assert.That(StableHash.Of("word"), Is.EqualTo(StableHash.Of((Value)"word")));
            Assert.That(StableHash.Of("a word".AsSpan(2)), Is.EqualTo(StableHash.Of((Value)"word")));
            Assert.That(StableHash.Of(Value.Slice("a word", 2, 4)), Is.EqualTo(StableHash.Of((Value)"word")));
            Assert.That(StableHash.Of((string?)null), Is.EqualTo(StableHash.Of(Value.Null)));
            Assert.That(StableHash.Of('w'), Is.EqualTo(StableHash.Of("w")));
            Assert.That(StableHash.Of('\u00e9'), Is.EqualTo(StableHash.Of("\u00e9")));
            Assert.That(StableHash.Of(42), Is.EqualTo(StableHash.Of((Value)42)));
            Assert.That(StableHash.Of(Id), Is.EqualTo(StableHash.Of(Value.Of(Id))));
        });
    }

    [Test]
    public void One_value_in_a_span_hashes_as_itself() =>
        Prop.ForAll(AnyValue.Generator.ToArbitrary(), value => StableHash.Of([value]) == StableHash.Of(value)).QuickCheckThrowOnFailure();

    [Test]
    public void The_order_and_number_of_values_count() =>
        Prop.ForAll(AnyValue.Generator.ArrayOf().Two().ToArbitrary(), pair =>
            pair.Item1.AsSpan().SequenceEqual(pair.Item2) == (StableHash.Of(pair.Item1) == StableHash.Of(pair.Item2)))
            .QuickCheckThrowOnFailure();

    [Test]
    public void Fields_picked_from_a_tuple_hash_as_if_they_were_alone() =>
        Prop.ForAll(
            AnyValue.Generator.ArrayOf(4).SelectMany(row => Gen.Choose(0, 3).ArrayOf().Select(fields => (row, fields))).ToArbitrary(),
            pair => StableHash.Of(pair.row, pair.fields) == StableHash.Of(pair.fields.Select(f => pair.row[f]).ToArray()))
            .QuickCheckThrowOnFailure();

    [Test]
    public void A_field_that_is_not_there_is_refused() =>
        Assert.That(() => StableHash.Of([1, 2], [2]), Throws.TypeOf<IndexOutOfRangeException>());

    [Test]
    public void Keys_in_a_row_spread_evenly_over_key_groups()
    {
        var sizes = new int[KeyGroups.DefaultCount];
        for (var key = 0; key < 128_000; key++) sizes[KeyGroups.Of(StableHash.Of(key), KeyGroups.DefaultCount)]++;

        // 1,000 each, give or take six standard deviations of 31.5.
        Assert.That(sizes, Is.All.InRange(810, 1_190));
    }

    [Test]
    public void Hashing_allocates_nothing()
    {
        Value[] row = ["word", Value.Slice("two words", 0, 3), 42, ulong.MaxValue, 1.5, true, new byte[20], new byte[2_000], DateTimeOffset.UnixEpoch, Value.Of(1.500m), Value.Of(Id)];
        int[] fields = [2, 0, 1];
        var sum = 0ul;
        Assert.That(Allocation.Of(() => sum ^= Hashes()), Is.Zero);

        ulong Hashes() => StableHash.Of(row) ^ StableHash.Of(row, fields) ^ StableHash.Of("word") ^ StableHash.Of(Id) ^ (ulong)row[0].GetHashCode();
    }
}
