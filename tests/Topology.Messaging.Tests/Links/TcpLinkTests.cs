using System.Net.Sockets;

namespace Topology.Messaging.Tests;

/// <summary>Over TCP with CURVE: the contract, and who is kept out.</summary>
public sealed class TcpLinkTests : LinkThreadContract
{
    private ZapHandler _zap = null!;

    [SetUp]
    public void StartZap() => _zap = ZapHandler.Start();

    [TearDown]
    public void StopZap()
    {
        DisposeAll();
        _zap.Dispose();
    }

    private protected override LinkedWorker Start(uint number, ulong incarnation, LinkOptions options, TimeProvider? time = null, ILinkHandler? handler = null) =>
        LinkedWorker.Tcp(_zap, number, incarnation, options, time, handler);

    [Test]
    public void A_stranger_with_keys_of_his_own_gets_no_frame_in()
    {
        var (a, b) = Pair(NoHeartbeats);
        var stranger = Use(Start(3, 0xC1, NoHeartbeats));
        stranger.Assign(1, a.AsPeer());
        stranger.Send(1, LinkConnection.Data, 66);
        RequireRefusal(a);
        Assert.That(_zap.Refused, Is.GreaterThan(0));
        RequireUndisturbed(a, b);
    }

    [Test]
    public void A_peer_that_connected_before_it_was_let_in_gets_in_later()
    {
        var (a, b) = (Use(Start(1, 0xA1, NoHeartbeats)), Use(Start(2, 0xB1, NoHeartbeats)));
        a.Assign(1, b.AsPeer());
        RequireRefusal(b);
        b.Assign(1, a.AsPeer());
        a.Send(2, LinkConnection.Data, 1);
        a.Send(2, LinkConnection.Control, 1);
        b.Handler.AwaitFrames(2);
    }

    [Test]
    public void A_peer_that_is_addressed_by_another_key_is_not_talked_to()
    {
        var (a, b) = (Use(Start(1, 0xA1, NoHeartbeats)), Use(Start(2, 0xB1, NoHeartbeats)));
        using var wrong = new NetMQCertificate();
        a.Assign(1, b.AsPeer() with { Key = new CurvePublicKey(wrong.PublicKey) });
        b.Assign(1, a.AsPeer());
        a.Send(2, LinkConnection.Data, 66);
        RequireRefusal(b);
        Assert.That((b.Handler.Frames.Count, b.Handler.Events.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public void A_client_without_keys_gets_no_frame_in()
    {
        var (a, b) = Pair(NoHeartbeats);
        using var plain = new DealerSocket();
        plain.Connect(a.Thread.DataEndpoint);
        RequireRefusal(a);
        Assert.That(plain.TrySendFrame([1]), Is.False);
        RequireUndisturbed(a, b);
    }

    [Test]
    public void A_worker_cannot_speak_for_another()
    {
        var (a, b) = Pair(NoHeartbeats);
        var c = Use(Start(3, 0xC1, NoHeartbeats));
        a.Assign(2, b.AsPeer(), c.AsPeer());
        b.Assign(2, a.AsPeer());
        a.Handler.Await(handler => handler.Events.Count(told => told == "up 2") == 2);

        // With the key of C, in the name of B.
        using var liar = new DealerSocket();
        liar.Options.SetCurveClient(c.Keys!, a.Keys!.PublicKey);
        liar.Connect(a.Thread.DataEndpoint);
        Send(liar, NumberedFrame.Write(new(), new FrameHeader(LinkedWorker.Topology, 2, 0xB1, 1), 66).WrittenSpan);
        Assert.That(SpinWait.SpinUntil(() => a.Thread.Refused[Refusal.Impostor] > 0, Long), Is.True);
        RequireUndisturbed(a, b);
    }

    [Test]
    public void A_key_of_an_incarnation_that_was_replaced_is_let_in_no_more()
    {
        var (a, b) = Pair(NoHeartbeats);
        var successor = Use(Start(2, 0xB2, NoHeartbeats));
        a.Assign(2, successor.AsPeer());
        successor.Assign(2, a.AsPeer());
        a.Handler.Await(handler => handler.Events.Count(told => told == "up 2") == 2);
        using var late = new DealerSocket();
        late.Options.SetCurveClient(b.Keys!, a.Keys!.PublicKey);
        late.Connect(a.Thread.ControlEndpoint);
        RequireRefusal(a);
        Assert.That(late.TrySendFrame([1]), Is.False);
    }

    [Test]
    public void Raw_connections_in_number_do_not_stop_the_traffic()
    {
        var (a, b) = Pair(NoHeartbeats);
        var ports = new[] { a.Thread.DataEndpoint, a.Thread.ControlEndpoint }.Select(endpoint => int.Parse(endpoint.AsSpan(endpoint.LastIndexOf(':') + 1))).ToArray();
        byte[][] words = [[], [0xFF, 0, 0, 0], [.. "GET / HTTP/1.1\r\n\r\n"u8], [0x01, 0x00, 0x06, 0x00, .. "hello"u8]];
        for (uint i = 1; i <= 200; i++)
        {
            var raw = Use(new TcpClient("127.0.0.1", ports[i % 2]));
            raw.GetStream().Write(words[i % words.Length]);
            for (var n = 0; n < 10; n++) b.Send(1, n % 2 == 0 ? LinkConnection.Data : LinkConnection.Control, i);
        }

        a.Handler.AwaitFrames(2_000);
        Assert.That((b.CountersTo(a).Resent, b.CountersTo(a).Reconnects), Is.EqualTo((0L, 0L)));
        Assert.That(a.Thread.Refused.Total, Is.Zero);
    }

    [Test]
    public void With_keys_a_peer_without_is_refused()
    {
        using var worker = Start(1, 0xA1, NoHeartbeats);
        Assert.That(() => worker.Assign(1, new LinkPeer(2, 0xB1, "tcp://127.0.0.1:1", "tcp://127.0.0.1:2")), Throws.ArgumentException.With.Message.Contain("public key"));
    }

    /// <summary>Two hundred cuts, half of them resets, and delays between them, while frames go both ways: none is lost or doubled.</summary>
    [Test]
    public void A_proxy_that_cuts_delays_and_resets_loses_and_doubles_nothing()
    {
        const int Cuts = 200;
        var options = new LinkOptions { HeartbeatInterval = TimeSpan.FromMilliseconds(100) };
        var (a, b) = (Use(Start(1, 0xA1, options)), Use(Start(2, 0xB1, options)));
        var proxies = new[] { a, b }.SelectMany(worker => new[] { worker.Thread.DataEndpoint, worker.Thread.ControlEndpoint }).Select(endpoint => Use(new TcpProxy(endpoint))).ToArray();
        b.Assign(1, a.AsPeer() with { DataEndpoint = proxies[0].Endpoint, ControlEndpoint = proxies[1].Endpoint });
        a.Assign(1, b.AsPeer() with { DataEndpoint = proxies[2].Endpoint, ControlEndpoint = proxies[3].Endpoint });
        uint sent = 0;
        for (var round = 0; proxies.Sum(proxy => proxy.Cuts) < Cuts; round++)
        {
            var held = proxies[round % proxies.Length];
            held.Hold();
            for (var i = 0; i < 20; i++) SendEverywhere(a, b, ++sent);
            foreach (var proxy in proxies) proxy.Cut(reset: round % 2 == 0);
            held.Release();
            SendEverywhere(a, b, ++sent);
            var expected = (int)sent * 2;
            a.Handler.AwaitFrames(expected);
            b.Handler.AwaitFrames(expected);
        }

        foreach (var (worker, from) in new[] { (a, 2U), (b, 1U) })
            foreach (var connection in new[] { LinkConnection.Data, LinkConnection.Control })
                Assert.That(worker.Handler.NumbersFrom(from, connection), Is.EqualTo(Enumerable.Range(1, (int)sent).Select(i => (uint)i)), $"to {worker.Me.Worker} {connection}");
        Assert.That(a.CountersTo(b).Reconnects + b.CountersTo(a).Reconnects, Is.GreaterThan(Cuts / 2));
        Assert.That(a.CountersTo(b).Resent + b.CountersTo(a).Resent, Is.GreaterThan(0));
        Assert.That(a.Handler.Losses.Concat(b.Handler.Losses), Is.Empty);
    }

    private static void SendEverywhere(LinkedWorker a, LinkedWorker b, uint number)
    {
        foreach (var connection in new[] { LinkConnection.Data, LinkConnection.Control })
        {
            a.Send(2, connection, number);
            b.Send(1, connection, number);
        }
    }

    private static void RequireRefusal(LinkedWorker worker) => Assert.That(SpinWait.SpinUntil(() => worker.Thread.RefusedHandshakes > 0, Long), Is.True, "Nobody was turned away.");

    private static void RequireUndisturbed(LinkedWorker a, LinkedWorker b)
    {
        b.Send(1, LinkConnection.Data, 1);
        a.Handler.AwaitFrames(1);
        Assert.That(a.Handler.NumbersFrom(2, LinkConnection.Data), Is.EqualTo(new uint[] { 1 }));
        Assert.That(a.Handler.Frames, Has.Count.EqualTo(1));
    }
}
