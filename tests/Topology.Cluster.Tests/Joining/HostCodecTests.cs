using Topology.Messaging;

namespace Topology.Cluster.Tests;

/// <summary>What supervisors of other hosts and the daemon say to each other, as bytes.</summary>
public sealed class HostCodecTests
{
    private static readonly WorkerKey Key = new("wc-1", 2, 7);
    private static readonly WorkerProcess Process = new(4711, "4711@99@boot");
    private static readonly HostedWorker Hosted = new(Key, new string('c', 64));

    private static HostMessage[] Messages =>
    [
        new HostMessage.Join(new string('d', 64), "rack-3", "machine", 8),
        new HostMessage.Connect("machine", 8, [Hosted, Hosted with { Worker = Key with { Worker = 3 } }], 12),
        new HostMessage.AskLease([Hosted], long.MaxValue),
        new HostMessage.Starts(Hosted),
        new HostMessage.Exited(Key, Process, "signal 9"),
        new HostMessage.Exited(Key, null, "it is not known here"),
        new HostMessage.Fetch(new string('e', 64), 1 << 20),
    ];

    private static HostOrder[] Orders =>
    [
        new HostOrder.Joined("rack-3", "cluster", LeaseTimes.Default),
        new HostOrder.Refused(JoinRefusal.Used, "by another"),
        new HostOrder.Start(Key, new string('e', 64), true),
        new HostOrder.Adopt(Key, Process),
        new HostOrder.Kill(Key, null),
        new HostOrder.Granted(12),
        new HostOrder.ConnectAgain(),
        new HostOrder.Chunk(new string('e', 64), 3, 9, new byte[] { 1, 2, 3 }),
        new HostOrder.NoChunk(new string('e', 64), "there is none"),
    ];

    [TestCaseSource(nameof(Messages))]
    public void A_message_is_read_as_it_was_written_and_no_part_of_it_is(object message)
    {
        var bytes = HostMessageCodec.Write((HostMessage)message);
        Assert.That(HostMessageCodec.Write(HostMessageCodec.Read(bytes.Span)).ToArray(), Is.EqualTo(bytes.ToArray()));
        Assert.That(HostMessageCodec.Read(bytes.Span), Is.TypeOf(message.GetType()));
        for (var length = 0; length < bytes.Length; length++) Assert.That(() => HostMessageCodec.Read(bytes.Span[..length]), Throws.InstanceOf<MessagePackSerializationException>());
        Assert.That(() => HostMessageCodec.Read([.. bytes.Span, 0]), Throws.InstanceOf<MessagePackSerializationException>());
    }

    [TestCaseSource(nameof(Orders))]
    public void An_order_is_read_as_it_was_written_and_no_part_of_it_is(object order)
    {
        var bytes = HostOrderCodec.Write((HostOrder)order);
        Assert.That(HostOrderCodec.Write(HostOrderCodec.Read(bytes.Span)).ToArray(), Is.EqualTo(bytes.ToArray()));
        Assert.That(HostOrderCodec.Read(bytes.Span), Is.TypeOf(order.GetType()));
        for (var length = 0; length < bytes.Length; length++) Assert.That(() => HostOrderCodec.Read(bytes.Span[..length]), Throws.InstanceOf<MessagePackSerializationException>());
    }

    [Test]
    public void A_key_that_is_none_is_no_message()
    {
        foreach (var key in new[] { "", new string('d', 63), new string('D', 64), new string('g', 64) })
        {
            var bytes = HostMessageCodec.Write(new HostMessage.Join(key, "n", "h", 1));
            Assert.That(() => HostMessageCodec.Read(bytes.Span), Throws.InstanceOf<MessagePackSerializationException>(), key);
        }
    }

    [Test]
    public void Times_that_no_cluster_can_share_are_no_order()
    {
        var bytes = HostOrderCodec.Write(new HostOrder.Joined("", "", LeaseTimes.Default)).ToArray();
        // The last of the three becomes the first, which is the longest.
        bytes.AsSpan(4, 8).CopyTo(bytes.AsSpan(bytes.Length - 8));
        Assert.That(() => HostOrderCodec.Read(bytes), Throws.InstanceOf<MessagePackSerializationException>());
    }
}
