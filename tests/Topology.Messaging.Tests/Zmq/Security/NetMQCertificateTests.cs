namespace Topology.Messaging.Tests;

public sealed class NetMQCertificateTests : ZmqFixture
{
    [Test]
    public void Every_pair_is_new_and_its_public_key_follows_from_the_secret_one()
    {
        using var one = new NetMQCertificate();
        using var other = new NetMQCertificate();
        Assert.That(one.PublicKey.SequenceEqual(other.PublicKey), Is.False);
        using var derived = NetMQCertificate.CreateFromSecretKey(one.SecretKey);
        Assert.That(derived.PublicKey.ToArray(), Is.EqualTo(one.PublicKey.ToArray()));
    }

    /// <summary>The example of rfc.zeromq.org/spec/32, four times over.</summary>
    [Test]
    public void A_public_key_is_written_as_Z85()
    {
        byte[] example = [0x86, 0x4F, 0xD2, 0x6F, 0xB5, 0x59, 0xF7, 0x5B];
        using var certificate = NetMQCertificate.FromPublicKey([.. example, .. example, .. example, .. example]);
        Assert.That(certificate.PublicKeyZ85, Is.EqualTo("HelloWorldHelloWorldHelloWorldHelloWorld"));
    }

    [Test]
    public void A_secret_key_is_not_in_what_is_printed_and_is_gone_after_the_disposal()
    {
        var certificate = new NetMQCertificate();
        Assert.That($"{certificate}", Is.EqualTo(certificate.PublicKeyZ85));
        certificate.Dispose();
        Assert.That(() => certificate.SecretKey.Length, Throws.TypeOf<NetMQException>());
        Assert.That(certificate.HasSecretKey, Is.False);
        Assert.That(() => NetMQCertificate.FromPublicKey(certificate.PublicKey).SecretKey.Length, Throws.TypeOf<NetMQException>());
    }

    [Test]
    public void A_key_has_32_bytes()
    {
        Assert.That(() => NetMQCertificate.FromPublicKey(new byte[31]), Throws.TypeOf<ArgumentException>());
        Assert.That(() => NetMQCertificate.CreateFromSecretKey(new byte[33]), Throws.TypeOf<ArgumentException>());
    }
}
