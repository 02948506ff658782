using System.Security.Cryptography;

namespace Topology.Cluster.Tests;

public sealed class JoinTokenTests
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(32);

    private static readonly JoinToken Token = new("tcp://10.0.0.5:7071", Key, Secret);

    [Test]
    public void A_token_is_read_as_it_was_written()
    {
        Assert.That(JoinToken.TryParse($" {Token.ToText()}\n", out var read), Is.True);
        Assert.That((read!.Endpoint, read.DaemonKey.ToArray(), read.Secret.ToArray()), Is.EqualTo(("tcp://10.0.0.5:7071", Key, Secret)));
        Assert.That(Token.ToText(), Does.Match("^[A-Za-z0-9_.-]+$"), "It is one word.");
    }

    [Test]
    public void What_is_no_token_is_not_read()
    {
        var text = Token.ToText();
        foreach (var other in new[] { null, "", "topology-join-1.", text[1..], text[..60], text.Replace("join-1", "join-2"), text + "!", "topology-join-1." + new string('A', 200) })
            Assert.That(JoinToken.TryParse(other, out _), Is.False, other);
    }

    [Test]
    public void A_token_in_a_log_gives_nothing_away() => Assert.That(Token.ToString(), Is.EqualTo("a token of tcp://10.0.0.5:7071"));
}
