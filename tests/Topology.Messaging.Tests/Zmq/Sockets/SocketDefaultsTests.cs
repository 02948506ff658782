namespace Topology.Messaging.Tests;

public sealed class SocketDefaultsTests : ZmqFixture
{
    [Test]
    public void Every_socket_begins_with_them()
    {
        foreach (var socket in new NetMQSocket[] { Use(new DealerSocket()), Use(new RouterSocket()), Use(new PushSocket()), Use(new PullSocket()) })
        {
            var options = socket.Options;
            Assert.Multiple(() =>
            {
                Assert.That(options.Linger, Is.EqualTo(TimeSpan.Zero));
                Assert.That((options.SendHighWatermark, options.ReceiveHighWatermark), Is.EqualTo((64, 64)));
                Assert.That(options.HandshakeInterval, Is.EqualTo(TimeSpan.FromSeconds(5)));
                Assert.That(options.HeartbeatInterval, Is.EqualTo(TimeSpan.FromSeconds(2)));
                Assert.That(options.HeartbeatTimeout, Is.EqualTo(TimeSpan.FromSeconds(6)));
                Assert.That(options.HeartbeatTtl, Is.EqualTo(TimeSpan.FromSeconds(6)));
                Assert.That(options.ReconnectInterval, Is.EqualTo(TimeSpan.FromMilliseconds(50)));
                Assert.That(options.ReconnectIntervalMax, Is.EqualTo(TimeSpan.FromSeconds(2)));
                Assert.That(options.ConnectTimeout, Is.EqualTo(TimeSpan.FromSeconds(2)));
                Assert.That(options.TcpKeepalive, Is.True);
                Assert.That(options.Backlog, Is.EqualTo(1024));
                Assert.That(options.IPv6, Is.False);
                Assert.That(options.DelayAttachOnConnect, Is.True);
                Assert.That(options.LastEndpoint, Is.Empty);
            });
        }
    }

    [Test]
    public void A_second_peer_does_not_take_an_identity_over()
    {
        var router = Use(new RouterSocket());
        var address = $"tcp://127.0.0.1:{router.BindRandomPort("tcp://127.0.0.1")}";
        var first = Named(address);
        Send(first, 1);
        Msg identity = default, frame = default;
        while (!router.TryReceive(ref identity, ref frame)) router.Poll(PollEvents.In, Long);
        Assert.That(identity.Data.ToArray(), Is.EqualTo("one"u8.ToArray()));

        var second = Use(new DealerSocket());
        second.Options.Identity = "one"u8;
        var monitor = Use(new NetMQMonitor(second));
        second.Connect(address);
        Await(monitor, SocketEvents.HandshakeSucceeded);
        Assert.That(router.TrySend("one"u8, "x"u8), Is.EqualTo(SendResult.Sent));
        Assert.That(Receive(first), Is.EqualTo("x"u8.ToArray()));
        Assert.That(HasNothing(second), Is.True);
        identity.Close();
        frame.Close();
    }

    private DealerSocket Named(string address)
    {
        var dealer = Use(new DealerSocket());
        dealer.Options.Identity = "one"u8;
        dealer.Connect(address);
        return dealer;
    }
}
