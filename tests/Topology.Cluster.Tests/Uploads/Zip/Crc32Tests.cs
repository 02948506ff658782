namespace Topology.Cluster.Tests;

public sealed class Crc32Tests
{
    // The check value of CRC-32/ISO-HDLC in every catalogue of CRCs.
    [Test]
    public void The_sum_of_nine_digits_is_as_published() => Assert.That(Crc32.Append(0, "123456789"u8), Is.EqualTo(0xCBF43926));

    [Test]
    public void Parts_give_the_sum_of_the_whole() => Assert.That(Crc32.Append(Crc32.Append(Crc32.Append(0, []), "1234"u8), "56789"u8), Is.EqualTo(0xCBF43926));
}
