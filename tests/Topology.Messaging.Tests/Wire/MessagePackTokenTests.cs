namespace Topology.Messaging.Tests;

public sealed class MessagePackTokenTests
{
    // Every form that an integer may be written in, the longer ones than need be too.
    [TestCase("05", 5L)]
    [TestCase("CC05", 5L)]
    [TestCase("CD0005", 5L)]
    [TestCase("CE00000005", 5L)]
    [TestCase("CF0000000000000005", 5L)]
    [TestCase("D005", 5L)]
    [TestCase("D10005", 5L)]
    [TestCase("D200000005", 5L)]
    [TestCase("D30000000000000005", 5L)]
    [TestCase("FB", -5L)]
    [TestCase("D0FB", -5L)]
    [TestCase("D1FFFB", -5L)]
    [TestCase("D2FFFFFFFB", -5L)]
    [TestCase("D3FFFFFFFFFFFFFFFB", -5L)]
    public void An_integer_is_read_from_each_of_its_forms(string hex, long number)
    {
        var token = Read(hex, out var rest);
        Assert.That((token.Type, (long)token.Bits, token.IsNegative, rest), Is.EqualTo((MessagePackType.Integer, number, number < 0, 0)));
    }

    [TestCase("A161", MessagePackType.String, 1)]
    [TestCase("D90161", MessagePackType.String, 1)]
    [TestCase("DA000161", MessagePackType.String, 1)]
    [TestCase("DB0000000161", MessagePackType.String, 1)]
    [TestCase("C40161", MessagePackType.Binary, 1)]
    [TestCase("C5000161", MessagePackType.Binary, 1)]
    [TestCase("C60000000161", MessagePackType.Binary, 1)]
    [TestCase("91C0", MessagePackType.Array, 1)]
    [TestCase("DC0001C0", MessagePackType.Array, 1)]
    [TestCase("DD00000001C0", MessagePackType.Array, 1)]
    [TestCase("81C0C0", MessagePackType.Map, 1)]
    [TestCase("DE0001C0C0", MessagePackType.Map, 1)]
    [TestCase("DF00000001C0C0", MessagePackType.Map, 1)]
    [TestCase("D40561", MessagePackType.Extension, 1)]
    [TestCase("D5056161", MessagePackType.Extension, 2)]
    [TestCase("D60561616161", MessagePackType.Extension, 4)]
    [TestCase("D7056161616161616161", MessagePackType.Extension, 8)]
    [TestCase("D80561616161616161616161616161616161", MessagePackType.Extension, 16)]
    [TestCase("C7010561", MessagePackType.Extension, 1)]
    [TestCase("C700FB", MessagePackType.Extension, 0)]
    [TestCase("C800010561", MessagePackType.Extension, 1)]
    [TestCase("C9000000010561", MessagePackType.Extension, 1)]
    public void A_length_is_read_from_each_of_its_forms(string hex, object type, int length)
    {
        var token = Read(hex, out _);
        Assert.That((token.Type, token.Length), Is.EqualTo(((MessagePackType)type, length)));
        if (token.Type == MessagePackType.Extension) Assert.That(token.Extension, Is.EqualTo(length == 0 ? -5 : 5));
    }

    [TestCase("CA3FC00000", 1.5)]
    [TestCase("CB3FF8000000000000", 1.5)]
    public void A_float_is_read_from_both_forms(string hex, double number) =>
        Assert.That(BitConverter.UInt64BitsToDouble(Read(hex, out _).Bits), Is.EqualTo(number));

    [TestCase("C0", MessagePackType.Nil, 0)]
    [TestCase("C2", MessagePackType.Boolean, 0)]
    [TestCase("C3", MessagePackType.Boolean, 1)]
    public void Nil_and_booleans_are_one_byte(string hex, object type, int bits) =>
        Assert.That((Read(hex, out _).Type, (int)Read(hex, out _).Bits), Is.EqualTo(((MessagePackType)type, bits)));

    [Test]
    public void The_byte_that_is_never_used_is_refused()
    {
        var position = 0;
        Assert.That(MessagePackToken.TryRead([0xC1, 0, 0], ref position, out _), Is.EqualTo(WireError.NeverUsedCode));
    }

    [TestCase("")]
    [TestCase("CC")]
    [TestCase("CF00000000000000")]
    [TestCase("CB")]
    [TestCase("A1")]
    [TestCase("DBFFFFFFFF61")]
    [TestCase("DB4000000061")]
    [TestCase("C6FFFFFFFF61")]
    [TestCase("C9FFFFFFFF0161")]
    [TestCase("C701")]
    [TestCase("C70161")]
    [TestCase("D4")]
    [TestCase("D405")]
    [TestCase("DDFFFFFFFFC0")]
    [TestCase("92C0")]
    [TestCase("DFFFFFFFFFC0")]
    [TestCase("DF80000001C0C0")]
    [TestCase("81C0")]
    public void What_says_that_it_is_longer_than_what_came_in_is_refused(string hex)
    {
        var position = 0;
        Assert.That(MessagePackToken.TryRead(Convert.FromHexString(hex), ref position, out _), Is.EqualTo(WireError.Truncated));
    }

    private static MessagePackToken Read(string hex, out int rest)
    {
        var data = Convert.FromHexString(hex);
        var position = 0;
        Assert.That(MessagePackToken.TryRead(data, ref position, out var token), Is.EqualTo(WireError.None));
        rest = data.Length - position;
        return token;
    }
}
