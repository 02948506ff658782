using System.Net.Sockets;
using System.Text;

namespace Topology.Messaging.Tests;

/// <summary>Who gets through to a CURVE server: the allowed, and of nobody else a single byte.</summary>
public sealed class CurveTests : ZmqFixture
{
    private const string Domain = "wire";

    private NetMQCertificate _serverKeys = null!;
    private NetMQCertificate _clientKeys = null!;
    private ZapHandler _zap = null!;
    private PullSocket _server = null!;
    private NetMQMonitor _monitor = null!;
    private string _address = null!;

    [OneTimeSetUp]
    public void MakeKeys()
    {
        _serverKeys = new();
        _clientKeys = new();
    }

    [OneTimeTearDown]
    public void DisposeKeys()
    {
        // Not made where the library is missing.
        _serverKeys?.Dispose();
        _clientKeys?.Dispose();
    }

    [SetUp]
    public void MakeServer()
    {
        _zap = ZapHandler.Start();
        _zap.AllowList.Allow(Domain, _clientKeys.PublicKey, "worker-1");
        _server = new();
        _monitor = new(_server);
        _server.Options.SetCurveServer(_serverKeys, _zap, Domain);
        _address = $"tcp://127.0.0.1:{_server.BindRandomPort("tcp://127.0.0.1")}";
    }

    [TearDown]
    public void DisposeServer()
    {
        _monitor.Dispose();
        _server.Dispose();
        _zap.Dispose();
    }

    [Test]
    public void An_allowed_client_is_let_in_and_its_messages_say_who_it_is()
    {
        Send(Client(_clientKeys), "hello"u8);
        Msg frame = default;
        Assert.That(_server.TryReceiveFrame(ref frame, Long), Is.True);
        Assert.That(Encoding.UTF8.GetString(frame.UserId), Is.EqualTo("worker-1"));
        Assert.That(Encoding.UTF8.GetString(frame.Data), Is.EqualTo("hello"));
        frame.Close();
        Assert.That((_zap.Accepted, _zap.Refused), Is.EqualTo((1L, 0L)));
    }

    [Test]
    public void A_router_tells_who_sent_by_the_last_frame()
    {
        var router = Use(new RouterSocket());
        router.Options.SetCurveServer(_serverKeys, _zap, Domain);
        var dealer = Use(new DealerSocket());
        dealer.Options.SetCurveClient(_clientKeys, _serverKeys.PublicKey);
        dealer.Connect($"tcp://127.0.0.1:{router.BindRandomPort("tcp://127.0.0.1")}");
        for (var i = 0; i < 20; i++)
        {
            Send(dealer, (byte)i);
            Msg identity = default, frame = default;
            while (!router.TryReceive(ref identity, ref frame)) router.Poll(PollEvents.In, Long);
            Assert.That(Encoding.UTF8.GetString(frame.UserId), Is.EqualTo("worker-1"));
            identity.Close();
            frame.Close();
        }
    }

    [Test]
    public void An_unknown_key_is_refused_and_counted()
    {
        using var strangers = new NetMQCertificate();
        var client = Client(strangers);
        Assert.That(Await(_monitor, SocketEvents.HandshakeFailed), Has.Property("Kind").EqualTo(SocketEvents.HandshakeFailedAuth).And.Property("Value").EqualTo(400));
        Assert.That(_zap.Refused, Is.GreaterThanOrEqualTo(1));
        RequireNothingFrom(client);
    }

    [Test]
    public void A_key_of_another_domain_is_refused()
    {
        using var others = new NetMQCertificate();
        _zap.AllowList.Allow("elsewhere", others.PublicKey, "worker-2");
        var client = Client(others);
        Await(_monitor, SocketEvents.HandshakeFailedAuth);
        RequireNothingFrom(client);
    }

    [Test]
    public void A_client_with_the_key_of_another_server_is_refused_and_counted()
    {
        using var elsewhere = new NetMQCertificate();
        var client = Use(new PushSocket());
        client.Options.SetCurveClient(_clientKeys, elsewhere.PublicKey);
        client.Connect(_address);
        Await(_monitor, SocketEvents.HandshakeFailed);
        RequireNothingFrom(client);
    }

    [Test]
    public void A_client_that_knows_the_public_key_of_an_allowed_one_only_is_refused()
    {
        using var thief = new NetMQCertificate();
        using var mixed = NetMQCertificate.FromKeys(thief.SecretKey, _clientKeys.PublicKey);
        var client = Client(mixed);
        Await(_monitor, SocketEvents.HandshakeFailed);
        RequireNothingFrom(client);
    }

    [Test]
    public void A_client_without_keys_is_refused_and_counted()
    {
        var client = Use(new PushSocket());
        client.Connect(_address);
        Await(_monitor, SocketEvents.HandshakeFailed);
        RequireNothingFrom(client);
    }

    /// <summary>Greetings of ZMTP 1.0 and of PLAIN, half a greeting, another protocol, and silence: beside all of them an allowed client is served.</summary>
    [Test]
    public void Strangers_that_speak_anything_else_get_nothing_and_hold_nobody_up()
    {
        byte[][] words =
        [
            [0x01, 0x00, 0x06, 0x00, .. "hello"u8],
            [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 1, .. "PLAIN"u8, .. new byte[15], 0, .. new byte[31], 4, 20, 5, .. "HELLO"u8, 5, .. "admin"u8, 6, .. "secret"u8],
            [0xFF, 0, 0, 0],
            [.. "GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8],
            [],
        ];
        var port = int.Parse(_address.AsSpan(_address.LastIndexOf(':') + 1));
        var strangers = Enumerable.Range(0, 100).Select(_ => Use(new TcpClient("127.0.0.1", port))).ToList();
        for (var i = 0; i < strangers.Count; i++) strangers[i].GetStream().Write(words[i % words.Length]);

        var client = Client(_clientKeys);
        for (var i = 0; i < 2_000; i++)
        {
            Send(client, BitConverter.GetBytes(i));
            Assert.That(BitConverter.ToInt32(Receive(_server)), Is.EqualTo(i));
        }

        foreach (var stranger in strangers) stranger.Dispose();
        while (_monitor.Disconnects < strangers.Count) Await(_monitor, SocketEvents.Disconnected);
        Assert.That((_monitor.Accepted, _monitor.HandshakesSucceeded), Is.EqualTo((101L, 1L)));
        Assert.That(_monitor.HandshakesFailed, Is.InRange(60, 100), "What does not begin as ZMTP 2 or 3 is cut without a word.");
        Assert.That(HasNothing(_server), Is.True);
    }

    [Test]
    public void A_key_that_was_revoked_is_let_in_no_more_and_a_new_one_is()
    {
        Send(Client(_clientKeys), 1);
        Assert.That(Receive(_server), Is.EqualTo(new byte[] { 1 }));
        using var next = new NetMQCertificate();
        _zap.AllowList.Revoke(Domain, _clientKeys.PublicKey);
        _zap.AllowList.Allow(Domain, next.PublicKey, "worker-2");
        var old = Client(_clientKeys);
        Await(_monitor, SocketEvents.HandshakeFailedAuth);
        Assert.That(old.TrySendFrame([2]), Is.False);
        Send(Client(next), 3);
        Assert.That(Receive(_server), Is.EqualTo(new byte[] { 3 }));
    }

    [Test]
    public void When_the_handler_has_ended_nobody_is_let_in()
    {
        _zap.Dispose();
        var client = Client(_clientKeys);
        Await(_monitor, SocketEvents.HandshakeFailed);
        RequireNothingFrom(client);
    }

    [Test]
    public void It_works_over_ipc_too()
    {
        using var folder = new TempFolder();
        using var server = new PullSocket();
        server.Options.SetCurveServer(_serverKeys, _zap, Domain);
        server.Bind(IpcDirectory.Open(folder.Path).Endpoint("s"));
        using var client = new PushSocket();
        client.Options.SetCurveClient(_clientKeys, _serverKeys.PublicKey);
        client.Connect(server.Options.LastEndpoint);
        Send(client, 1);
        Assert.That(Receive(server), Is.EqualTo(new byte[] { 1 }));
    }

    private void RequireNothingFrom(PushSocket client)
    {
        Assert.That(client.TrySendFrame([1]), Is.False, "The client is connected.");
        Assert.That(HasNothing(_server), Is.True, "A byte came through.");
        Assert.That(_monitor.HandshakesSucceeded, Is.Zero);
        Assert.That(_zap.Accepted, Is.Zero);
    }

    private PushSocket Client(NetMQCertificate keys)
    {
        var client = Use(new PushSocket());
        client.Options.SetCurveClient(keys, _serverKeys.PublicKey);
        client.Connect(_address);
        return client;
    }
}
