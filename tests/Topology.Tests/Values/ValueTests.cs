using System.Runtime.CompilerServices;

namespace Topology.Tests;

public sealed class ValueTests
{
    private static readonly Guid Id = new("00112233-4455-6677-8899-aabbccddeeff");

    private static readonly (Value Value, ValueKind Kind, string Text)[] OneOfEachKind =
    [
        (Value.Null, ValueKind.Null, "null"),
        (true, ValueKind.Boolean, "true"),
        (-42, ValueKind.Int64, "-42"),
        (ulong.MaxValue, ValueKind.UInt64, "18446744073709551615"),
        (1.5, ValueKind.Double, "1.5"),
        ("word", ValueKind.Text, "word"),
        (new byte[] { 1, 0xAB }, ValueKind.Bytes, "01ab"),
        (new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)), ValueKind.Timestamp, "2026-01-02T03:04:05.0000000+01:00"),
        (TimeSpan.FromMinutes(90), ValueKind.Duration, "01:30:00"),
        (Value.Of(1.50m), ValueKind.Decimal, "1.50"),
        (Value.Of(Id), ValueKind.Guid, "00112233-4455-6677-8899-aabbccddeeff"),
    ];

    [Test]
    public void A_value_takes_16_bytes() => Assert.That(Unsafe.SizeOf<Value>(), Is.EqualTo(16));

    [Test]
    public void A_value_knows_its_kind_and_reads_as_text()
    {
        Assert.That(OneOfEachKind.Select(v => v.Kind), Is.EqualTo(Enum.GetValues<ValueKind>()));
        Assert.Multiple(() =>
        {
            foreach (var (value, kind, text) in OneOfEachKind)
            {
                Assert.That(value.Kind, Is.EqualTo(kind));
                Assert.That(value.ToString(), Is.EqualTo(text));
                Assert.That(value.IsNull, Is.EqualTo(kind == ValueKind.Null));
            }
        });
    }

    [Test]
    public void A_value_of_another_kind_cannot_be_read_and_the_message_names_both()
    {
        (ValueKind Wanted, ValueKind[] Legal, Action<Value> Read)[] readers =
        [
            (ValueKind.Boolean, [ValueKind.Boolean], v => v.AsBoolean()),
            (ValueKind.Int64, [ValueKind.Int64, ValueKind.UInt64], v => v.AsInt64()),
            (ValueKind.Int64, [ValueKind.Int64, ValueKind.UInt64], v => v.AsInt32()),
            (ValueKind.UInt64, [ValueKind.Int64, ValueKind.UInt64], v => v.AsUInt64()),
            (ValueKind.Double, [ValueKind.Double, ValueKind.Int64, ValueKind.UInt64, ValueKind.Decimal], v => v.AsDouble()),
            (ValueKind.Text, [ValueKind.Text], v => v.AsString()),
            (ValueKind.Text, [ValueKind.Text], v => v.AsSpan()),
            (ValueKind.Text, [ValueKind.Text, ValueKind.Null], v => v.AsStringOrNull()),
            (ValueKind.Bytes, [ValueKind.Bytes], v => v.AsBytes()),
            (ValueKind.Timestamp, [ValueKind.Timestamp], v => v.AsTimestamp()),
            (ValueKind.Duration, [ValueKind.Duration], v => v.AsDuration()),
            (ValueKind.Decimal, [ValueKind.Decimal, ValueKind.Int64, ValueKind.UInt64], v => v.AsDecimal()),
            (ValueKind.Guid, [ValueKind.Guid], v => v.AsGuid()),
        ];
        Assert.Multiple(() =>
        {
            foreach (var (wanted, legal, read) in readers)
                foreach (var (value, kind, _) in OneOfEachKind.Where(v => !legal.Contains(v.Kind)))
                    Assert.That(() => read(value), Throws.TypeOf<InvalidCastException>().With.Message.Contains($"is {kind}, not {wanted}"));
        });
    }

    [Test]
    public void The_message_of_a_failed_read_tells_the_length_of_text_and_not_the_text() =>
        Assert.That(() => ((Value)"secret").AsInt64(), Throws.TypeOf<InvalidCastException>().With.Message.EqualTo("This value is Text, not Int64: 6 long."));

    [Test]
    public void An_integer_that_does_not_fit_is_an_overflow()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => ((Value)ulong.MaxValue).AsInt64(), Throws.TypeOf<OverflowException>().With.Message.Contains("18446744073709551615"));
            Assert.That(() => ((Value)ulong.MaxValue).AsInt32(), Throws.TypeOf<OverflowException>());
            Assert.That(() => ((Value)(int.MaxValue + 1L)).AsInt32(), Throws.TypeOf<OverflowException>());
            Assert.That(() => ((Value)(-1)).AsUInt64(), Throws.TypeOf<OverflowException>());
        });
    }

    [Test]
    public void Integers_are_read_as_doubles_and_decimals()
    {
        Assert.Multiple(() =>
        {
            Assert.That(((Value)(-3)).AsDouble(), Is.EqualTo(-3.0));
            Assert.That(((Value)ulong.MaxValue).AsDouble(), Is.EqualTo(18446744073709551616.0));
            Assert.That(((Value)(-3)).AsDecimal(), Is.EqualTo(-3m));
            Assert.That(((Value)ulong.MaxValue).AsDecimal(), Is.EqualTo(18446744073709551615m));
            Assert.That(Value.Of(1.5m).AsDecimal(), Is.EqualTo(1.5m));
            Assert.That(Value.Of(1.5m).AsDouble(), Is.EqualTo(1.5));
        });
    }

    [Test]
    public void A_slice_is_the_part_of_the_text()
    {
        const string Sentence = "the quick fox";
        var word = Value.Slice(Sentence, 4, 5);
        Assert.Multiple(() =>
        {
            Assert.That(word.AsString(), Is.EqualTo("quick"));
            Assert.That(word.AsSpan().ToString(), Is.EqualTo("quick"));
            Assert.That(Value.Slice(Sentence, ^3..), Is.EqualTo((Value)"fox"));
            Assert.That(Value.Slice(Sentence, 13, 0), Is.EqualTo((Value)""));
            Assert.That(Value.Slice(Sentence, ..).AsString(), Is.SameAs(Sentence));
        });
    }

    [TestCase(-1, 1)]
    [TestCase(0, -1)]
    [TestCase(0, 5)]
    [TestCase(4, 1)]
    [TestCase(5, 0)]
    [TestCase(1, int.MaxValue)]
    public void A_slice_beyond_the_text_is_refused(int start, int length) =>
        Assert.That(() => Value.Slice("word", start, length), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void The_size_is_that_of_the_content()
    {
        Assert.Multiple(() =>
        {
            Assert.That(((Value)"word").Size, Is.EqualTo(8));
            Assert.That(Value.Slice("a word", 2..).Size, Is.EqualTo(8));
            Assert.That(((Value)new byte[5]).Size, Is.EqualTo(5));
            Assert.That(((Value)long.MaxValue).Size, Is.EqualTo(16));
            Assert.That(Value.Null.Size, Is.EqualTo(16));
        });
    }

    [Test]
    public void Text_and_bytes_are_held_against_a_limit_by_their_size_in_bytes()
    {
        Assert.Multiple(() =>
        {
            Assert.That(((Value)"12345").IsLongerThan(10), Is.False);
            Assert.That(((Value)"123456").IsLongerThan(10), Is.True);
            Assert.That(((Value)"123456").IsLongerThan(11), Is.True);
            Assert.That(((Value)new byte[10]).IsLongerThan(10), Is.False);
            Assert.That(((Value)new byte[11]).IsLongerThan(10), Is.True);
            Assert.That(((Value)int.MaxValue).IsLongerThan(10), Is.False);
            Assert.That(Value.Null.IsLongerThan(0), Is.False);
        });
    }
}
