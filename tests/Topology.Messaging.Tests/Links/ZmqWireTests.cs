using System.Diagnostics;

namespace Topology.Messaging.Tests;

/// <summary>How a wire over ZeroMQ waits: to be told of news once must be enough.</summary>
[Platform(Exclude = "Win")]
internal sealed class ZmqWireTests : ZmqFixture, IWireReceiver
{
    private TempFolder _folder = null!;
    private ZmqWire _wire = null!;
    private int _frames;

    [SetUp]
    public void MakeWire()
    {
        _folder = new();
        _frames = 0;
        _wire = new(new IpcEndpoints(IpcDirectory.Open(_folder.Path), new WorkerIdentity(LinkedWorker.Topology, 1, 0xA1)), null, largestFrame: 1_024);
    }

    [TearDown]
    public void DisposeOfIt()
    {
        _wire.Dispose();
        DisposeAll();
        _folder.Dispose();
    }

    [Test]
    public void A_message_that_is_refused_keeps_none_back_that_came_with_it()
    {
        var peer = Use(new DealerSocket());
        peer.Connect(_wire.DataEndpoint);
        for (var round = 1; round <= 100; round++)
        {
            Assert.That(peer.TrySendFrame(Long, [1], more: true) && peer.TrySendFrame(Long, [2]), Is.True);
            Send(peer, 3);
            Await(round);
        }
    }

    [Test]
    public void Who_wakes_it_a_moment_too_late_ends_one_wait_at_most()
    {
        // What it has from the beginning is taken in.
        Turn();
        var (asked, done) = (0, 0);
        const int Rounds = 500;
        var waker = new Thread(() =>
        {
            for (var round = 1; round <= Rounds; round++)
            {
                while (Volatile.Read(ref asked) < round) Thread.SpinWait(1);
                _wire.Wake();
                Volatile.Write(ref done, round);
            }
        });
        waker.Start();
        var shortest = TimeSpan.MaxValue;
        for (var round = 1; round <= Rounds; round++)
        {
            Volatile.Write(ref asked, round);
            _wire.Wait(TimeSpan.Zero, () => false);
            while (Volatile.Read(ref done) < round) Thread.SpinWait(1);
            _wire.Wait(TimeSpan.Zero, () => false);
            var since = Stopwatch.GetTimestamp();
            _wire.Wait(TimeSpan.FromMilliseconds(2), () => false);
            var waited = Stopwatch.GetElapsedTime(since);
            if (waited < shortest) shortest = waited;
        }

        waker.Join();
        Assert.That(shortest, Is.GreaterThan(TimeSpan.FromMilliseconds(1)), "There was nothing to wake up for.");
    }

    void IWireReceiver.OnFrame(LinkConnection connection, ReadOnlySpan<byte> frame, ReadOnlySpan<byte> userId) => _frames++;

    private void Await(int frames)
    {
        var since = Stopwatch.GetTimestamp();
        while (_frames < frames)
        {
            if (Turn() == 0) _wire.Wait(Long, () => false);
            Assert.That(Stopwatch.GetElapsedTime(since), Is.LessThan(Long), $"Frame {frames} is here, and was not told of.");
        }
    }

    private int Turn()
    {
        _wire.Refresh();
        return _wire.Receive(LinkConnection.Control, 16, this) + _wire.Receive(LinkConnection.Data, 16, this);
    }
}
