using System.Diagnostics;

namespace Topology.Messaging.Tests;

internal sealed class NewsPollerTests : ZmqFixture
{
    private NewsPoller _poller = null!;

    [SetUp]
    public void Make_a_poller() => _poller = new NewsPoller();

    [TearDown]
    public void Dispose_of_it() => _poller.Dispose();

    [Test]
    public void A_socket_may_have_news_from_the_beginning()
    {
        var (one, _) = Pair("inproc://news.beginning");
        Assert.That(_poller.Add(one).IsPending, Is.True);
    }

    [Test]
    public void News_is_of_the_sockets_that_have_some()
    {
        var pairs = Enumerable.Range(0, 20).Select(i => Pair($"inproc://news.many.{i}")).ToList();
        var all = pairs.Select(pair => Emptied(pair.One)).ToList();
        _poller.Poll(TimeSpan.Zero);
        Assert.That(all.Where(news => news.IsPending), Is.Empty);
        Send(pairs[7].Other, 1);
        Send(pairs[19].Other, 1);
        _poller.Poll(Long);
        Assert.That(all.Where(news => news.IsPending), Is.EquivalentTo(new[] { all[7], all[19] }));
    }

    [Test]
    public void What_comes_after_the_socket_was_emptied_is_news_again()
    {
        var (one, other) = Pair("inproc://news.again");
        var news = Emptied(one);
        Msg frame = default;
        for (var round = 0; round < 1_000; round++)
        {
            for (var i = 0; i < 3; i++) Send(other, 1);
            _poller.Poll(Long);
            Assert.That(news.IsPending, Is.True, () => $"in round {round}");
            for (var i = 0; i < 3; i++) Assert.That(one.TryReceive(ref frame), Is.True);
            Assert.That(one.TryReceive(ref frame), Is.False);
            news.IsPending = false;
        }

        frame.Close();
    }

    [Test]
    public void Room_is_news()
    {
        var (one, other) = (Use(new PairSocket()), Use(new PairSocket()));
        (one.Options.SendHighWatermark, other.Options.ReceiveHighWatermark) = (1, 1);
        other.Bind("inproc://news.room");
        one.Connect("inproc://news.room");
        while (one.TrySendFrame([1]))
        {
        }

        var news = Emptied(one);
        _poller.Poll(TimeSpan.Zero);
        Assert.That(news.IsPending, Is.False);
        while (other.HasIn) Receive(other);
        _poller.Poll(Long);
        Assert.That(news.IsPending && one.HasOut, Is.True);
    }

    [Test]
    public void A_removal_leaves_the_others_as_they_are()
    {
        using var signal = PollSignal.Create();
        var pairs = Enumerable.Range(0, 10).Select(i => Pair($"inproc://news.removal.{i}")).ToList();
        var all = pairs.Take(5).Select(pair => Emptied(pair.One)).ToList();
        _poller.Add(signal);
        all.AddRange(pairs.Skip(5).Select(pair => Emptied(pair.One)));
        _poller.Remove(all[0]);
        _poller.Remove(all[4]);
        foreach (var (_, other) in pairs) Send(other, 1);
        _poller.Poll(Long);
        Assert.That(all.Select(news => news.IsPending), Is.EqualTo(Enumerable.Range(0, 10).Select(i => i is not 0 and not 4)));
        Assert.That(() => _poller.Remove(all[0]), Throws.TypeOf<InvalidOperationException>());
    }

    [Test]
    public void A_signal_ends_a_wait_and_is_no_socket_s_news()
    {
        using var signal = PollSignal.Create();
        var news = Emptied(Pair("inproc://news.signal").One);
        _poller.Add(signal);
        signal.Signal();
        Assert.That(_poller.Poll(Long), Is.True);
        Assert.That(news.IsPending, Is.False);
        signal.Drain();
        Assert.That(_poller.Poll(TimeSpan.Zero), Is.False);
    }

    [Test]
    public void What_was_told_of_and_not_taken_in_ends_a_wait_at_once()
    {
        var (one, other) = Pair("inproc://news.left");
        var news = Emptied(one);
        Send(other, 1);
        _poller.Poll(Long);
        // libzmq has nothing more to tell, and the frame is still there.
        _ = one.HasIn;
        var since = Stopwatch.GetTimestamp();
        _poller.Poll(Long);
        Assert.That(news.IsPending, Is.True);
        Assert.That(Stopwatch.GetElapsedTime(since), Is.LessThan(Long));
    }

    private SocketNews Emptied(NetMQSocket socket)
    {
        var news = _poller.Add(socket);
        _ = socket.HasIn;
        news.IsPending = false;
        return news;
    }

    private (PairSocket One, PairSocket Other) Pair(string address)
    {
        var (one, other) = (Use(new PairSocket()), Use(new PairSocket()));
        one.Bind(address);
        other.Connect(address);
        return (one, other);
    }
}
