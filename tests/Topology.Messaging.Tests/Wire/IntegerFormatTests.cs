namespace Topology.Messaging.Tests;

public sealed class IntegerFormatTests
{
    // From the specification's tables: the first and the last of each form.
    [TestCase(0L, "00")]
    [TestCase(127L, "7F")]
    [TestCase(128L, "CC80")]
    [TestCase(255L, "CCFF")]
    [TestCase(256L, "CD0100")]
    [TestCase(65_535L, "CDFFFF")]
    [TestCase(65_536L, "CE00010000")]
    [TestCase(4_294_967_295L, "CEFFFFFFFF")]
    [TestCase(4_294_967_296L, "CF0000000100000000")]
    [TestCase(long.MaxValue, "CF7FFFFFFFFFFFFFFF")]
    [TestCase(-1L, "FF")]
    [TestCase(-32L, "E0")]
    [TestCase(-33L, "D0DF")]
    [TestCase(-128L, "D080")]
    [TestCase(-129L, "D1FF7F")]
    [TestCase(-32_768L, "D18000")]
    [TestCase(-32_769L, "D2FFFF7FFF")]
    [TestCase(-2_147_483_648L, "D280000000")]
    [TestCase(-2_147_483_649L, "D3FFFFFFFF7FFFFFFF")]
    [TestCase(long.MinValue, "D38000000000000000")]
    public void An_integer_has_its_shortest_form_and_is_read_from_it(long number, string hex)
    {
        var bytes = new byte[IntegerFormat.Room];
        var size = IntegerFormat.Write(ref bytes[0], number);
        Assert.That(Convert.ToHexString(bytes, 0, size), Is.EqualTo(hex));
        if (size == 1) return;
        Assert.That(IntegerFormat.ReadWide(ref bytes[0], bytes[0], out var value), Is.EqualTo(size));
        Assert.That(value, Is.EqualTo((Value)number));
    }

    [Test]
    public void The_upper_half_of_unsigned_integers_is_its_own_kind()
    {
        var bytes = new byte[IntegerFormat.Room];
        Assert.That(IntegerFormat.Write(ref bytes[0], ulong.MaxValue - 1), Is.EqualTo(9));
        Assert.That(Convert.ToHexString(bytes), Is.EqualTo("CFFFFFFFFFFFFFFFFE"));
        IntegerFormat.ReadWide(ref bytes[0], bytes[0], out var value);
        Assert.That(value.AsUInt64(), Is.EqualTo(ulong.MaxValue - 1));
    }
}
