using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Topology.Messaging;

namespace Topology.Cluster.Tests;

/// <summary>The daemon's end of the control channel for other hosts, over real sockets: whoever has no key that was let in gets nothing, and is heard by nobody.</summary>
[NonParallelizable]
public sealed class RemoteServerTests : ZmqFixture
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly RemotePeer.Supervisor Other = new("other");

    private readonly BlockingCollection<(RemotePeer Peer, byte[] Frame)> _heard = [];
    private readonly BlockingCollection<byte[]> _told = [];
    private ZapHandler _zap = null!;
    private NetMQCertificate _keys = null!;
    private NetMQCertificate _own = null!;
    private RemoteServer _server = null!;

    [OneTimeTearDown]
    public void End()
    {
        _heard.Dispose();
        _told.Dispose();
    }

    [SetUp]
    public void Serve()
    {
        _zap = ZapHandler.Start();
        _keys = new NetMQCertificate();
        _own = new NetMQCertificate();
        _server = new RemoteServer("tcp://127.0.0.1:*", _keys, _zap, (peer, frame) => _heard.Add((peer, frame.ToArray())), [(Hex(_own), Other)], NullLogger.Instance);
    }

    [TearDown]
    public void Close()
    {
        _server?.Dispose();
        _zap?.Dispose();
        _keys?.Dispose();
        _own?.Dispose();
        while (_heard.TryTake(out _) || _told.TryTake(out _))
        {
        }
    }

    [Test]
    public void Whoever_has_a_key_that_is_let_in_is_heard_as_its_holder_and_then_told()
    {
        using var client = Connect(_own, _keys);
        Say(client, Other);
        _server.Send(Other, "orders"u8.ToArray());
        Assert.That(_told.TryTake(out var told, Patience), Is.True);
        Assert.That(told, Is.EqualTo("orders"u8.ToArray()));
        Assert.That(client.Reach, Is.EqualTo(ControlReach.Daemon));
    }

    [Test]
    public void A_plain_client_gets_nothing_and_is_not_heard()
    {
        using var plain = new DealerSocket();
        using var monitor = new NetMQMonitor(plain);
        plain.Connect(_server.Endpoint);
        Until(() =>
        {
            plain.TrySendFrame("hello"u8);
            while (monitor.TryRead(out _))
            {
            }

            return monitor.Disconnects + monitor.HandshakesFailed > 0;
        });
        RequireSilence();
        Assert.That(monitor.HandshakesSucceeded, Is.Zero);
        Assert.That(plain.HasIn, Is.False);
    }

    [Test]
    public void A_key_that_nobody_let_in_is_refused_and_not_heard()
    {
        using var unknown = new NetMQCertificate();
        using var client = Connect(unknown, _keys);
        client.Send("hello"u8.ToArray());
        Until(() => client.Reach == ControlReach.Refused);
        Assert.That(_zap.Refused, Is.Positive);
        RequireSilence();
    }

    [Test]
    public void A_client_that_looks_for_another_daemon_gets_nothing_and_is_not_heard()
    {
        using var another = new NetMQCertificate();
        using var client = Connect(_own, another);
        client.Send("hello"u8.ToArray());
        Until(() => client.Reach == ControlReach.Somebody);
        RequireSilence();
        Assert.That(client.Reach, Is.Not.EqualTo(ControlReach.Daemon));
        Assert.That(_zap.Accepted, Is.Zero);
    }

    [Test]
    public void One_that_is_let_in_later_gets_in_by_itself()
    {
        using var late = new NetMQCertificate();
        using var client = Connect(late, _keys);
        Until(() => client.Reach == ControlReach.Refused);
        var worker = new RemotePeer.Worker(new WorkerKey("t", 0, 1), "other");
        _server.Admit(Hex(late), worker);
        Say(client, worker);
    }

    [Test]
    public void One_that_is_let_in_no_more_is_not_heard_on_the_connection_that_stands()
    {
        using var client = Connect(_own, _keys);
        Say(client, Other);
        _server.Dismiss(peer => peer == Other);
        Until(() =>
        {
            client.Send("still here"u8.ToArray());
            return _server.Refused > 0;
        });
        RequireSilence();
        Assert.That(_server.Knows(Other), Is.False);
    }

    [Test]
    public void Nobody_takes_the_key_of_another()
    {
        _server.Admit(Hex(_own), new RemotePeer.Worker(new WorkerKey("t", 0, 1), "thief"));
        using var client = Connect(_own, _keys);
        Say(client, Other);
    }

    private ControlDealer Connect(NetMQCertificate own, NetMQCertificate daemon) => new(_server.Endpoint, new ControlKeys(own, daemon.PublicKey.ToArray()), frame => _told.Add(frame.ToArray()));

    // What is said before the connection is there is dropped, so it is said until it is heard.
    private void Say(ControlDealer client, RemotePeer who)
    {
        (RemotePeer Peer, byte[] Frame) heard = default;
        Until(() =>
        {
            client.Send("hello"u8.ToArray());
            return _heard.TryTake(out heard, 20);
        });
        Assert.That(heard.Peer, Is.EqualTo(who));
        while (_heard.TryTake(out _, 50))
        {
        }
    }

    /// <summary>Longer than a handshake takes.</summary>
    private void RequireSilence() => Assert.That(_heard.TryTake(out _, 300), Is.False);

    private static string Hex(NetMQCertificate certificate) => Convert.ToHexStringLower(certificate.PublicKey);

    private static void Until(Func<bool> condition) => Assert.That(SpinWait.SpinUntil(condition, Patience), Is.True);
}
