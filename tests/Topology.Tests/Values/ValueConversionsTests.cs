using FsCheck;
using FsCheck.Fluent;

namespace Topology.Tests;

public sealed class ValueConversionsTests
{
    [Test]
    public void Integers_come_back_whatever_their_width()
    {
        Prop.ForAll<long>(n => ((Value)n).AsInt64() == n).QuickCheckThrowOnFailure();
        Prop.ForAll<ulong>(n => ((Value)(~n)).AsUInt64() == ~n && ((Value)n).AsUInt64() == n).QuickCheckThrowOnFailure();
        Prop.ForAll<int>(n => ((Value)n).AsInt32() == n && ((Value)(uint)n).AsInt64() == (uint)n).QuickCheckThrowOnFailure();
        Prop.ForAll<short>(n => ((Value)n).AsInt32() == n && ((Value)(ushort)n).AsInt32() == (ushort)n).QuickCheckThrowOnFailure();
        Prop.ForAll<byte>(n => ((Value)n).AsInt32() == n && ((Value)(sbyte)n).AsInt32() == (sbyte)n).QuickCheckThrowOnFailure();
    }

    [Test]
    public void What_goes_in_comes_out()
    {
        Prop.ForAll<double>(n => ((Value)n).AsDouble().Equals(n)).QuickCheckThrowOnFailure();
        Prop.ForAll<float>(n => ((float)((Value)n).AsDouble()).Equals(n)).QuickCheckThrowOnFailure();
        Prop.ForAll<bool>(b => ((Value)b).AsBoolean() == b).QuickCheckThrowOnFailure();
        Prop.ForAll<TimeSpan>(t => ((Value)t).AsDuration() == t).QuickCheckThrowOnFailure();
        Prop.ForAll<DateTimeOffset>(t => ((Value)t).AsTimestamp().EqualsExact(t)).QuickCheckThrowOnFailure();
        Prop.ForAll<decimal>(d => Value.Of(d).AsDecimal() == d).QuickCheckThrowOnFailure();
        Prop.ForAll<Guid>(g => Value.Of(g).AsGuid() == g).QuickCheckThrowOnFailure();
        Prop.ForAll<string?>(s => ((Value)s).AsStringOrNull() == s).QuickCheckThrowOnFailure();
    }

    [Test]
    public void The_offset_of_a_timestamp_is_kept()
    {
        Assert.Multiple(() =>
        {
            for (var minutes = -14 * 60; minutes <= 14 * 60; minutes++)
            {
                var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromMinutes(minutes));
                Assert.That(((Value)time).AsTimestamp().EqualsExact(time), $"{minutes} minutes");
            }
        });
    }

    [Test]
    public void The_first_and_the_last_instant_are_kept()
    {
        Assert.That(((Value)DateTimeOffset.MinValue).AsTimestamp(), Is.EqualTo(DateTimeOffset.MinValue));
        Assert.That(((Value)DateTimeOffset.MaxValue).AsTimestamp(), Is.EqualTo(DateTimeOffset.MaxValue));
    }

    [Test]
    public void A_character_is_a_text_and_not_its_number()
    {
        Assert.Multiple(() =>
        {
            for (var c = (char)0; c < 300; c++) Assert.That(((Value)c).AsString(), Is.EqualTo(c.ToString()));
        });
    }

    [Test]
    public void Text_is_held_by_reference()
    {
        var text = new string('x', 3);
        Assert.That(((Value)text).AsString(), Is.SameAs(text));
    }

    [Test]
    public void Bytes_are_held_by_reference_where_they_are_of_an_array()
    {
        byte[] bytes = [1, 2, 3, 4];
        Value whole = bytes;
        Value middle = new ReadOnlyMemory<byte>(bytes, 1, 2);
        bytes[1] = 9;
        Assert.That(whole.AsBytes().ToArray(), Is.EqualTo(new byte[] { 1, 9, 3, 4 }));
        Assert.That(middle.AsBytes().ToArray(), Is.EqualTo(new byte[] { 9, 3 }));
    }

    [Test]
    public void Nothing_is_null_and_no_bytes_are_not()
    {
        Assert.Multiple(() =>
        {
            Assert.That(((Value)(string?)null).IsNull);
            Assert.That(((Value)(byte[]?)null).IsNull);
            Assert.That(((Value)ReadOnlyMemory<byte>.Empty).Kind, Is.EqualTo(ValueKind.Bytes));
            Assert.That(default(Value), Is.EqualTo(Value.Null));
        });
    }

    [Test]
    public void Making_and_reading_values_allocates_nothing()
    {
        const string Sentence = "two words";
        var bytes = new byte[10];
        var time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(-7));
        var sum = 0L;
        Assert.That(Allocation.Of(() => sum += RoundTrip()), Is.Zero);

        long RoundTrip()
        {
            Value text = Sentence, slice = Value.Slice(Sentence, 4, 5), letter = 'x', number = 42, large = ulong.MaxValue, real = 1.5, data = bytes,
                part = new ReadOnlyMemory<byte>(bytes, 1, 3), instant = time, span = TimeSpan.MaxValue, flag = true;
            return text.AsString().Length + slice.AsSpan().Length + letter.AsSpan().Length + number.AsInt64() + (long)(large.AsUInt64() >> 1)
                + (long)real.AsDouble() + data.AsBytes().Length + part.AsBytes().Length + instant.AsTimestamp().Ticks + span.AsDuration().Ticks
                + (flag.AsBoolean() && text != slice && instant == time ? 1 : 0);
        }
    }
}
