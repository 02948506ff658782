using Microsoft.Extensions.Logging.Abstractions;
using Topology.Messaging;

namespace Topology.Engine.Tests;

public sealed class OutboxLinkTests
{
    private static readonly LinkPeer Peer = new(1, 0xB1, "ipc:///data", "ipc:///control");
    private static readonly LinkOptions Options = new() { KeptFrames = 2 };

    private readonly FrameBufferPool _buffers = new(1024);

    [Test]
    public void Acks_that_find_no_room_are_sent_in_order_as_soon_as_there_is_some()
    {
        var outboxes = new OutboxTable(new PeerSet(1, [Peer]), (peer, connection) => new Messaging.Outbox(peer, connection, new FrameHeader(1, 1, 0xA1, 0), Options, _buffers, () => { }));
        var link = new OutboxLink(Simulated(), outboxes, 1, new LinkResources(_buffers, _buffers, TimeProvider.System, NullLogger.Instance));
        var control = outboxes.To(1, LinkConnection.Control);
        var frames = Enumerable.Range(0, 6).Select(_ => _buffers.Rent()).ToArray();
        foreach (var frame in frames) link.SendControl(frame);

        var sent = new List<FrameBuffer>();
        for (var i = 0; i < frames.Length; i++)
        {
            var frame = control.TryTake();
            Assert.That(frame, Is.Not.Null, $"frame {i}");
            sent.Add(frame!);
            control.Release(frame!);
            Assert.That(control.TakeRoomWanted(), Is.EqualTo(i < 4), "somebody waits for room while frames do");
            link.SendWaiting();
        }

        Assert.That(sent, Is.EqualTo(frames));
        Assert.That(control.TryTake(), Is.Null);
    }

    private static Worker Simulated() => new Simulation(topology => topology.SetSpout("spout", () => new InlineSpout(_ => { }))).Worker;
}
