namespace Topology.Messaging.Tests;

public sealed class ZapHandlerTests : ZmqFixture
{
    [Test]
    public void There_is_one_at_a_time()
    {
        for (var i = 0; i < 20; i++)
        {
            using var zap = ZapHandler.Start();
            Assert.That(() => ZapHandler.Start(), Throws.TypeOf<InvalidOperationException>());
            Assert.That(zap.IsRunning, Is.True);
            zap.Dispose();
            Assert.That((zap.IsRunning, zap.Error), Is.EqualTo((false, (Exception?)null)));
        }
    }

    [Test]
    public void Without_a_running_handler_there_is_no_curve_server()
    {
        var zap = ZapHandler.Start();
        using var keys = new NetMQCertificate();
        var ready = Use(new PullSocket());
        ready.Options.SetCurveServer(keys, zap, "wire");
        zap.Dispose();
        Assert.That(() => Use(new PullSocket()).Options.SetCurveServer(keys, zap, "wire"), Throws.TypeOf<NetMQException>().With.Message.Contain("ZAP handler"));
        Assert.That(() => ready.Bind("tcp://127.0.0.1:*"), Throws.TypeOf<NetMQException>().With.Message.Contain("ended"));
        Assert.That(() => ready.Connect("tcp://127.0.0.1:1"), Throws.TypeOf<NetMQException>().With.Message.Contain("ended"));
    }

    [Test]
    public void Without_a_domain_there_is_no_curve_server()
    {
        using var zap = ZapHandler.Start();
        using var keys = new NetMQCertificate();
        var socket = Use(new PullSocket());
        foreach (var domain in new[] { "", new string('d', 256) })
            Assert.That(() => socket.Options.SetCurveServer(keys, zap, domain), Throws.TypeOf<NetMQException>().With.Message.Contain("domain"));
        Assert.That(socket.Options.GetInt(ZmqOption.CurveServer), Is.Zero);
    }

    [Test]
    public void A_curve_server_enforces_its_domain()
    {
        using var zap = ZapHandler.Start();
        using var keys = new NetMQCertificate();
        var socket = Use(new PullSocket());
        socket.Options.SetCurveServer(keys, zap, "wire");
        Assert.That(socket.Options.GetInt(ZmqOption.CurveServer), Is.EqualTo(1));
        Assert.That(socket.Options.GetInt(ZmqOption.ZapEnforceDomain), Is.EqualTo(1));
    }

    [Test]
    public void A_socket_that_has_an_endpoint_in_the_clear_becomes_no_curve_socket()
    {
        using var zap = ZapHandler.Start();
        using var keys = new NetMQCertificate();
        var socket = Use(new PullSocket());
        socket.BindRandomPort("tcp://127.0.0.1");
        Assert.That(() => socket.Options.SetCurveServer(keys, zap, "wire"), Throws.TypeOf<NetMQException>().With.Message.Contain("in the clear"));
        Assert.That(() => socket.Options.SetCurveClient(keys, keys.PublicKey), Throws.TypeOf<NetMQException>().With.Message.Contain("in the clear"));
    }

    [Test]
    public void A_server_needs_a_secret_key()
    {
        using var zap = ZapHandler.Start();
        using var keys = new NetMQCertificate();
        using var half = NetMQCertificate.FromPublicKey(keys.PublicKey);
        var socket = Use(new PullSocket());
        Assert.That(() => socket.Options.SetCurveServer(half, zap, "wire"), Throws.TypeOf<NetMQException>().With.Message.Contain("secret key"));
    }

    /// <summary>Whatever is asked is answered, and everything but an allowed key with 400: a question without an answer would hold a handshake up.</summary>
    [Test]
    public void Questions_that_make_no_sense_are_refused()
    {
        using var zap = ZapHandler.Start();
        using var keys = new NetMQCertificate();
        zap.AllowList.Allow("wire", keys.PublicKey, "worker-1");
        byte[] key = keys.PublicKey.ToArray();
        var dealer = Use(new DealerSocket());
        dealer.Connect("inproc://zeromq.zap.01");
        byte[][] right = ["1.0"u8.ToArray(), [1], "wire"u8.ToArray(), "10.0.0.1"u8.ToArray(), [], "CURVE"u8.ToArray(), key];
        Assert.That(Ask(dealer, right), Is.EqualTo("200"));
        Assert.That(Ask(dealer, Changed(right, 0, "2.0"u8.ToArray())), Is.EqualTo("400"));
        Assert.That(Ask(dealer, Changed(right, 1, new byte[100])), Is.EqualTo("400"));
        Assert.That(Ask(dealer, Changed(right, 2, "other"u8.ToArray())), Is.EqualTo("400"));
        Assert.That(Ask(dealer, Changed(right, 5, "PLAIN"u8.ToArray())), Is.EqualTo("400"));
        Assert.That(Ask(dealer, Changed(right, 6, key[..31])), Is.EqualTo("400"));
        Assert.That(Ask(dealer, right[..6]), Is.EqualTo("400"));
        Assert.That(Ask(dealer, [.. right, key]), Is.EqualTo("400"));
        Assert.That(Ask(dealer, [[]]), Is.EqualTo("400"));
        Assert.That((zap.Accepted, zap.Refused, zap.IsRunning), Is.EqualTo((1L, 8L, true)));
    }

    private static byte[][] Changed(byte[][] frames, int index, byte[] frame) => [.. frames[..index], frame, .. frames[(index + 1)..]];

    private static string Ask(DealerSocket dealer, byte[][] frames)
    {
        dealer.TrySendFrame([], more: true);
        for (var i = 0; i < frames.Length; i++) Assert.That(dealer.TrySendFrame(frames[i], more: i < frames.Length - 1), Is.True);
        Assert.That(dealer.Poll(PollEvents.In, Long), Is.EqualTo(PollEvents.In));
        var answer = new List<string>();
        Msg frame = default;
        do
        {
            Assert.That(dealer.TryReceive(ref frame), Is.True);
            answer.Add(System.Text.Encoding.UTF8.GetString(frame.Data));
        }
        while (frame.HasMore);

        frame.Close();
        Assert.That(answer, Has.Count.EqualTo(7));
        return answer[3];
    }
}
