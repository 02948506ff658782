namespace Topology.Messaging.Tests;

public sealed class SocketAllocationTests : ZmqFixture
{
    private const int Messages = 2_000;

    [TestCase("inproc://allocation.small", 100)]
    [TestCase("inproc://allocation.large", 65_536)]
    [TestCase("tcp://127.0.0.1:*", 100)]
    [TestCase("tcp://127.0.0.1:*", 65_536)]
    public void A_message_sent_and_received_allocates_nothing(string address, int size)
    {
        var (push, pull, poller) = Connected(address);
        var data = new byte[size];
        var bytes = Measure(() =>
        {
            Msg received = default;
            while (!push.TrySendFrame(data)) push.Poll(PollEvents.Out, Long);
            poller.Poll(Long);
            if (!pull.TryReceiveFrame(ref received, Long) || received.Data.Length != size) throw new InvalidOperationException();
            received.Close();
        });
        Assert.That(bytes, Is.Zero);
    }

    [Test]
    public void A_slab_rented_sent_and_given_back_allocates_nothing()
    {
        var (push, pull, _) = Connected("tcp://127.0.0.1:*");
        using var pool = new NativeSlabPool(4, 65_536);
        var bytes = Measure(() =>
        {
            Msg received = default;
            NativeSlab slab;
            while (!pool.TryRent(out slab)) Thread.Yield();
            slab.Length = 65_536;
            while (!push.TrySend(slab)) push.Poll(PollEvents.Out, Long);
            if (!pull.TryReceiveFrame(ref received, Long) || received.Size != 65_536) throw new InvalidOperationException();
            received.Close();
        });
        Assert.That(bytes, Is.Zero);
    }

    [Test]
    public void A_signal_given_and_drained_allocates_nothing()
    {
        foreach (var signal in new PollSignal[] { Use(PollSignal.Create()), Use(new SocketPairSignal()) })
            Assert.That(Measure(() =>
            {
                signal.Signal();
                signal.Drain();
            }), Is.Zero, signal.GetType().Name);
    }

    private static long Measure(Action step)
    {
        for (var i = 0; i < Messages; i++) step();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Messages; i++) step();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private (PushSocket Push, PullSocket Pull, NetMQPoller Poller) Connected(string address)
    {
        var pull = Use(new PullSocket());
        pull.Bind(address);
        var push = Use(new PushSocket());
        push.Connect(pull.Options.LastEndpoint);
        var poller = Use(new NetMQPoller());
        poller.Add(pull, PollEvents.In);
        return (push, pull, poller);
    }
}
