namespace Topology.Messaging.Tests;

public sealed class NetMQMonitorTests : ZmqFixture
{
    [Test]
    public void It_tells_of_a_connection_and_of_its_end()
    {
        var pull = Use(new PullSocket());
        var monitor = Use(new NetMQMonitor(pull));
        var address = $"tcp://127.0.0.1:{pull.BindRandomPort("tcp://127.0.0.1")}";
        var push = Use(new PushSocket());
        push.Connect(address);
        Assert.That(Await(monitor, SocketEvents.Accepted).Endpoint, Is.EqualTo(address));
        Await(monitor, SocketEvents.HandshakeSucceeded);
        push.Dispose();
        Await(monitor, SocketEvents.Disconnected);
        Assert.That((monitor.HandshakesSucceeded, monitor.Disconnects, monitor.HandshakesFailed), Is.EqualTo((1L, 1L, 0L)));
        Assert.That(monitor.TryRead(out _), Is.False);
    }

    [Test]
    public void It_is_polled_like_any_socket()
    {
        var pull = Use(new PullSocket());
        var monitor = Use(new NetMQMonitor(pull, SocketEvents.Listening));
        using var poller = new NetMQPoller();
        poller.Add(monitor.Socket, PollEvents.In);
        Assert.That(poller.Poll(TimeSpan.Zero), Is.Zero);
        pull.BindRandomPort("tcp://127.0.0.1");
        Assert.That(poller.Poll(Long), Is.EqualTo(1));
        Assert.That(monitor.TryRead(out var read) && read.Kind == SocketEvents.Listening, Is.True);
    }

    [Test]
    public void It_is_not_made_for_a_socket_that_has_an_endpoint()
    {
        var pull = Use(new PullSocket());
        pull.BindRandomPort("tcp://127.0.0.1");
        Assert.That(() => new NetMQMonitor(pull), Throws.TypeOf<InvalidOperationException>());
    }

    /// <summary>Far more events than libzmq's queues hold by default: unread ones must not stop the I/O thread.</summary>
    [Test]
    public void Events_that_nobody_reads_hold_nothing_up() => TwoThreads.Run(
        () =>
        {
            using var pull = new PullSocket();
            using var monitor = new NetMQMonitor(pull, (SocketEvents)0xFFFF);
            var address = $"tcp://127.0.0.1:{pull.BindRandomPort("tcp://127.0.0.1")}";
            for (var i = 0; i < 700; i++)
            {
                using var push = new PushSocket();
                push.Connect(address);
                Send(push, 1);
                Assert.That(Receive(pull), Is.EqualTo(new byte[] { 1 }));
            }
        },
        () => { });
}
