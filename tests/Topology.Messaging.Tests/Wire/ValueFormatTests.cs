using FsCheck;
using FsCheck.Fluent;

namespace Topology.Messaging.Tests;

public sealed class ValueFormatTests
{
    private const int NoLimit = int.MaxValue;

    [Test]
    public void Every_value_arrives_as_it_was() =>
        Prop.ForAll(AnyWireValue.Generator.ToArbitrary(), value => AnyWireValue.AreTheSame(Read(Write(value), NoLimit).Value, value))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Test]
    public void A_text_of_any_length_arrives_as_it_was_wherever_it_is_not_ASCII()
    {
        foreach (var odd in (char[])['\u007f', '\u0080', '\u07ff', '\u20ac', '\ud83c'])
        {
            for (var length = 0; length <= 70; length++)
            {
                for (var at = 0; at < length; at++)
                {
                    var text = string.Create(length, (odd, at), static (chars, o) =>
                    {
                        for (var i = 0; i < chars.Length; i++) chars[i] = i == o.at ? o.odd : (char)('a' + (i % 26));
                    });
                    Assert.That(Read(Write(text), NoLimit).Value.AsString(), Is.EqualTo(text));
                }
            }
        }
    }

    [TestCase("A568656C6C6F", "hello")]
    [TestCase("C0", null)]
    public void Text_is_UTF_8_and_null_is_nil(string hex, string? text) => Assert.That(Convert.ToHexString(Write(text)), Is.EqualTo(hex));

    [Test]
    public void What_MessagePack_has_no_form_for_is_an_extension_of_a_fixed_form() => Assert.Multiple(() =>
    {
        Check("C70A10" + "00F0C5E54459CC08" + "7800", new DateTimeOffset(2010, 1, 2, 0, 0, 0, TimeSpan.FromHours(2)));
        Check("D711" + "0100000000000000", TimeSpan.FromTicks(1));
        Check("D812" + "96000000" + "00000000" + "00000000" + "00000280", Value.Of(-1.50m));
        Check("D813" + "00112233445566778899AABBCCDDEEFF", Value.Of(new Guid("00112233-4455-6677-8899-aabbccddeeff")));
        Check("D514" + "3CD8", "\ud83c");
    });

    [TestCase("D6FF00000000", "1970-01-01T00:00:00.0000000+00:00")]
    [TestCase("D7FF0000019000000001", "1970-01-01T00:00:01.0000001+00:00")]
    [TestCase("D7FF0000000000000001", "1970-01-01T00:00:01.0000000+00:00")]
    [TestCase("C70CFF00000000FFFFFFFFFFFFFFFF", "1969-12-31T23:59:59.0000000+00:00")]
    [TestCase("C70CFF000000C7FFFFFFFFFFFFFFFF", "1969-12-31T23:59:59.0000001+00:00")]
    public void A_timestamp_is_read_from_each_of_its_forms(string hex, string time) =>
        Assert.That(Read(Convert.FromHexString(hex), NoLimit).Value.ToString(), Is.EqualTo(time));

    [TestCase("90", WireError.UnexpectedType)]
    [TestCase("80", WireError.UnexpectedType)]
    [TestCase("C1", WireError.NeverUsedCode)]
    [TestCase("D40100", WireError.InvalidExtension)]
    [TestCase("D4FF00", WireError.InvalidExtension)]
    [TestCase("D41100", WireError.InvalidExtension)]
    [TestCase("D41400", WireError.InvalidExtension)]
    [TestCase("D7FFEE6B280000000000", WireError.InvalidExtension, Description = "10^9 nanoseconds")]
    [TestCase("C70CFF000000000000003AFFF44180", WireError.InvalidExtension, Description = "the year 10000")]
    [TestCase("D81200000000000000000000000000001D00", WireError.InvalidExtension, Description = "a scale of 29")]
    [TestCase("D81200000000000000000000000001000000", WireError.InvalidExtension, Description = "a flag that decimals do not have")]
    [TestCase("C70A1000000000000000004903", WireError.InvalidExtension, Description = "14 hours and a minute")]
    [TestCase("C70A100000000000000000C4FF", WireError.InvalidExtension, Description = "before the year 1, by its offset")]
    [TestCase("C70A10FFFFFFFFFFFFFFFF0000", WireError.InvalidExtension, Description = "negative ticks")]
    public void What_is_no_value_is_refused(string hex, object reason)
    {
        var bytes = Convert.FromHexString(hex);
        Assert.That(Read(bytes, NoLimit).Error, Is.EqualTo((WireError)reason));
    }

    [Test]
    public void A_value_above_the_limit_is_refused_before_it_is_made() => Assert.Multiple(() =>
    {
        Assert.That(Read(Write(new string('x', 500)), 1000).Error, Is.EqualTo(WireError.None));
        Assert.That(Read(Write(new string('é', 500)), 1000).Error, Is.EqualTo(WireError.None), "UTF-16 counts, as where it was emitted.");
        Assert.That(Read(Write(new string('\ud83c', 500)), 1000).Error, Is.EqualTo(WireError.None));
        Assert.That(Read(Write(new byte[1000]), 1000).Error, Is.EqualTo(WireError.None));
        foreach (var large in (Value[])[new string('x', 501), new string('é', 501), new string('\ud83c', 501), new byte[1001]])
        {
            var bytes = Write(large);
            Read(bytes, 1000);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var error = Read(bytes, 1000).Error;
            Assert.That((error, GC.GetAllocatedBytesForCurrentThread() - before), Is.EqualTo((WireError.ValueTooLarge, 0L)));
        }
    });

    [Test]
    public void Bytes_that_are_no_UTF_8_become_the_replacement_character() =>
        Assert.That(Read([0xA3, (byte)'a', 0xFF, (byte)'b'], NoLimit).Value.AsString(), Is.EqualTo("a\ufffdb"));

    private static void Check(string hex, Value value)
    {
        Assert.That(Convert.ToHexString(Write(value)), Is.EqualTo(hex));
        Assert.That(AnyWireValue.AreTheSame(Read(Convert.FromHexString(hex), NoLimit).Value, value));
    }

    private static byte[] Write(Value value)
    {
        // What is behind must stay as it is.
        var bytes = Enumerable.Repeat((byte)0xEE, (int)ValueFormat.RoomFor(value) + 8).ToArray();
        var size = ValueFormat.Write(bytes, value);
        Assert.That(bytes.AsSpan((int)ValueFormat.RoomFor(value)).ToArray(), Is.All.EqualTo(0xEE));
        return bytes[..size];
    }

    private static (WireError Error, Value Value) Read(byte[] bytes, int limit)
    {
        var position = 0;
        var error = ValueFormat.TryRead(bytes, ref position, limit, out var value);
        if (error == WireError.None && position != bytes.Length) return (WireError.TrailingBytes, value);
        return (error, value);
    }
}
