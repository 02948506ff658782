using FsCheck;
using FsCheck.Fluent;

namespace Topology.Tests;

public sealed class StableHashTests
{
    private static readonly Guid Id = new("00112233-4455-6677-8899-aabbccddeeff");

    /// <summary>Worked out by a second implementation, from the canonical form in the documentation. A change here loses users' stored state.</summary>
    private static readonly TestCaseData[] Golden =
    [
        new TestCaseData(Value.Null, 0xc1a866d11f08611bul).SetArgDisplayNames("null"),
        new TestCaseData((Value)true, 0xd5ab3fc4e9f6c507ul).SetArgDisplayNames("true"),
        new TestCaseData((Value)false, 0x781228a897a87fb9ul).SetArgDisplayNames("false"),
        new TestCaseData((Value)0, 0x5eb4c5c4586d6d5eul).SetArgDisplayNames("0"),
        new TestCaseData((Value)42, 0x271a4308731c52fdul).SetArgDisplayNames("42"),
        new TestCaseData((Value)(-1), 0xfa39f9a4f9cece51ul).SetArgDisplayNames("-1"),
        new TestCaseData((Value)ulong.MaxValue, 0x08dd46e98978f4fbul).SetArgDisplayNames("largest integer"),
        new TestCaseData((Value)0.0, 0xd9c15f7349a31389ul).SetArgDisplayNames("0.0"),
        new TestCaseData((Value)(-0.0), 0xd9c15f7349a31389ul).SetArgDisplayNames("-0.0"),
        new TestCaseData((Value)1.5, 0xb7117be5ae15fd3dul).SetArgDisplayNames("1.5"),
        new TestCaseData((Value)double.NaN, 0x0f0a8e74b4128a58ul).SetArgDisplayNames("NaN"),
        new TestCaseData((Value)"", 0xabee437b21441821ul).SetArgDisplayNames("empty text"),
        new TestCaseData((Value)"a", 0xaf9cb712ccfedd98ul).SetArgDisplayNames("a"),
        new TestCaseData((Value)'a', 0xaf9cb712ccfedd98ul).SetArgDisplayNames("the character a"),
        new TestCaseData((Value)"word", 0x9e2cddb6abca86f6ul).SetArgDisplayNames("word"),
        new TestCaseData((Value)"Gr\u00fc\u00dfe, \u4e16\u754c \ud83c\udf0d", 0xb7248ef472544e99ul).SetArgDisplayNames("text beyond ASCII"),
        new TestCaseData((Value)"The quick brown fox jumps over the lazy dog", 0x81eda9a3ac27eff2ul).SetArgDisplayNames("text of several blocks"),
        new TestCaseData((Value)new byte[] { 1, 2, 3 }, 0xf6edbec03cffeabdul).SetArgDisplayNames("bytes 1 2 3"),
        new TestCaseData((Value)new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), 0x3e821f852510b058ul).SetArgDisplayNames("timestamp"),
        new TestCaseData((Value)new DateTimeOffset(2026, 1, 2, 4, 4, 5, TimeSpan.FromHours(1)), 0x3e821f852510b058ul).SetArgDisplayNames("timestamp elsewhere"),
        new TestCaseData((Value)TimeSpan.FromHours(1), 0x7ca974b4044f3d37ul).SetArgDisplayNames("an hour"),
        new TestCaseData(Value.Of(1.5m), 0xb6e3809b0007ccf8ul).SetArgDisplayNames("decimal 1.5"),
        new TestCaseData(Value.Of(1.500m), 0xb6e3809b0007ccf8ul).SetArgDisplayNames("decimal 1.500"),
        new TestCaseData(Value.Of(-1000m), 0xd98b75f8604b5c0bul).SetArgDisplayNames("decimal -1000"),
        new TestCaseData(Value.Of(-0.00m), 0xd9e812e41a929ff5ul).SetArgDisplayNames("decimal -0.00"),
        new TestCaseData(Value.Of(decimal.MaxValue), 0xa16d5a5732231c1eul).SetArgDisplayNames("largest decimal"),
        new TestCaseData(Value.Of(Id), 0x61ac53830eac443cul).SetArgDisplayNames("identifier"),
    ];

    [TestCaseSource(nameof(Golden))]
    public void A_value_hashes_as_it_always_did(Value value, ulong hash) => Assert.That(StableHash.Of(value), Is.EqualTo(hash));

    [Test]
    public void Several_values_hash_as_they_always_did()
    {
        Assert.Multiple(() =>
        {
            Assert.That(StableHash.Of(ReadOnlySpan<Value>.Empty), Is.EqualTo(0x19a72f5620ab19bbul));
            Assert.That(StableHash.Of(["word", 42]), Is.EqualTo(0x20cbc921808a4004ul));
            Assert.That(StableHash.Of([42, "word"]), Is.EqualTo(0x77707703d2d2b223ul));
            Assert.That(StableHash.Of(["word", 42, Value.Null]), Is.EqualTo(0x22fd1463e62fe18dul));
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
        Value[] row = ["word", Value.Slice("two words", 0, 3), 42, ulong.MaxValue, 1.5, true, new byte[20], DateTimeOffset.UnixEpoch, Value.Of(1.500m), Value.Of(Id)];
        int[] fields = [2, 0, 1];
        var sum = 0ul;
        Assert.That(Allocation.Of(() => sum ^= Hashes()), Is.Zero);

        ulong Hashes() => StableHash.Of(row) ^ StableHash.Of(row, fields) ^ StableHash.Of("word") ^ StableHash.Of(Id) ^ (ulong)row[0].GetHashCode();
    }
}
