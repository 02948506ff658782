namespace Topology.Messaging.Tests;

public sealed class TcpTests : TransportContract
{
    protected override string NewAddress() => "tcp://127.0.0.1:*";

    [Test]
    public void A_free_port_is_found_in_a_range()
    {
        var first = Use(new PullSocket());
        var start = first.BindRandomPort("tcp://127.0.0.1");
        var second = Use(new PullSocket());
        var error = Assert.Throws<NetMQException>(() => second.BindFreePort("tcp://127.0.0.1", start, 1, new Random(1)))!;
        Assert.That(error.ErrorCode, Is.EqualTo(ErrorCode.AddressAlreadyInUse));
        var port = second.BindFreePort("tcp://127.0.0.1", 20_000, 10_000, new Random(1));
        Assert.That(port, Is.InRange(20_000, 29_999));
        Assert.That(second.Options.LastEndpoint, Is.EqualTo($"tcp://127.0.0.1:{port}"));
    }
}
