using FsCheck;
using FsCheck.Fluent;

namespace Topology.Messaging.Tests;

/// <summary>What holds on every transport.</summary>
public abstract class TransportContract : ZmqFixture
{
    /// <summary>An address to bind, new for every call; the socket's last endpoint is the one to connect to.</summary>
    protected abstract string NewAddress();

    [Test]
    public void What_is_sent_comes_back()
    {
        var router = Bound(new RouterSocket());
        var dealer = Connected(new DealerSocket(), router);
        Send(dealer, "ping"u8);
        Assert.That(router.Poll(PollEvents.In, Long), Is.EqualTo(PollEvents.In));
        Msg identity = default, frame = default;
        Assert.That(router.TryReceive(ref identity, ref frame), Is.True);
        Assert.That(router.TrySend(identity.Data, frame.Data), Is.EqualTo(SendResult.Sent));
        identity.Close();
        frame.Close();
        Assert.That(Receive(dealer), Is.EqualTo("ping"u8.ToArray()));
    }

    [Test]
    public void Frames_of_any_size_arrive_whole_and_in_order()
    {
        var pull = Bound(new PullSocket());
        var push = Connected(new PushSocket(), pull);
        var sizes = Gen.OneOf(Gen.Choose(0, 40), Gen.Choose(0, 10_000), Gen.Constant(65_536), Gen.Constant(1_000_000)).ListOf();
        Prop.ForAll(sizes.ToArbitrary(), list => list.Take(30).All(size =>
        {
            var data = new byte[size];
            new Random(size).NextBytes(data);
            Send(push, data);
            return Receive(pull).AsSpan().SequenceEqual(data);
        })).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
    }

    [Test]
    public void Frames_queue_in_order_up_to_the_high_water_mark_and_are_refused_beyond()
    {
        var pull = Bound(new PullSocket());
        var push = Connected(new PushSocket(), pull);
        Assert.That(push.Poll(PollEvents.Out, Long), Is.EqualTo(PollEvents.Out));
        var sent = 0;
        var frame = new byte[64 * 1024];
        for (; push.TrySendFrame(Numbered(frame, sent)); sent++) Assert.That(sent, Is.LessThan(10_000), "Nothing was ever refused.");
        Assert.That(sent, Is.GreaterThanOrEqualTo(SocketDefaults.HighWatermark));
        for (var i = 0; i < sent; i++) Assert.That(BitConverter.ToInt32(Receive(pull)), Is.EqualTo(i));
        Assert.That(HasNothing(pull), Is.True);
    }

    [Test]
    public void A_message_of_several_frames_is_dropped_and_counted_where_one_is_expected()
    {
        var pull = Bound(new PullSocket());
        var push = Connected(new PushSocket(), pull);
        Assert.That(push.Poll(PollEvents.Out, Long), Is.EqualTo(PollEvents.Out));
        foreach (var part in new byte[] { 1, 2, 3 }) Assert.That(push.TrySendFrame([part], more: part < 3), Is.True);
        Send(push, 4);
        Assert.That(Receive(pull), Is.EqualTo(new byte[] { 4 }));
        Assert.That(pull.MultipartRefused, Is.EqualTo(1));
    }

    [Test]
    public void A_router_refuses_messages_of_several_frames_too()
    {
        var router = Bound(new RouterSocket());
        var dealer = Connected(new DealerSocket(), router);
        Assert.That(dealer.Poll(PollEvents.Out, Long), Is.EqualTo(PollEvents.Out));
        dealer.TrySendFrame([1], more: true);
        dealer.TrySendFrame([2]);
        dealer.TrySendFrame([3]);
        Msg identity = default, frame = default;
        while (!router.TryReceive(ref identity, ref frame)) Assert.That(router.Poll(PollEvents.In, Long), Is.EqualTo(PollEvents.In));
        Assert.That(frame.Data.ToArray(), Is.EqualTo(new byte[] { 3 }));
        Assert.That(router.MultipartRefused, Is.EqualTo(1));
        identity.Close();
        frame.Close();
    }

    [Test]
    public void Frames_are_sent_from_slabs_without_a_copy_and_the_slabs_come_back()
    {
        var pull = Bound(new PullSocket());
        var push = Connected(new PushSocket(), pull);
        using var pool = new NativeSlabPool(2, 100_000);
        for (var i = 0; i < 20; i++)
        {
            NativeSlab slab = default;
            Assert.That(SpinWait.SpinUntil(() => pool.TryRent(out slab), Long), Is.True, "No slab came back.");
            slab.Bytes[..90_000].Fill((byte)i);
            slab.Length = 90_000;
            Assert.That(push.Poll(PollEvents.Out, Long), Is.EqualTo(PollEvents.Out));
            Assert.That(push.TrySend(slab), Is.True);
            Assert.That(Receive(pull), Has.Length.EqualTo(90_000).And.All.EqualTo((byte)i));
        }
    }

    private T Bound<T>(T socket)
        where T : NetMQSocket
    {
        Use(socket).Bind(NewAddress());
        return socket;
    }

    private T Connected<T>(T socket, NetMQSocket to)
        where T : NetMQSocket
    {
        Use(socket).Connect(to.Options.LastEndpoint);
        return socket;
    }

    private static byte[] Numbered(byte[] frame, int number)
    {
        BitConverter.TryWriteBytes(frame, number);
        return frame;
    }
}
