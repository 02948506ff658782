namespace Topology.Messaging.Tests;

public sealed class LinkSenderTests
{
    private static readonly LinkPeer Peer = new(2, 0xB, "", "");
    private static readonly FrameHeader Header = new(1, 1, 0xA, 0);

    private readonly FrameBufferPool _pool = new(size: 256, kept: 64);
    private LinkCounters _counters = null!;
    private Outbox _outbox = null!;
    private LinkSender _sender = null!;

    [SetUp]
    public void MakeSender()
    {
        var options = new LinkOptions { KeptFrames = 8 };
        _counters = new(1, 2, 0xB);
        _outbox = new(Peer, LinkConnection.Data, Header, options, _pool, () => { });
        _sender = new(_outbox, options, _counters);
    }

    [Test]
    public void Frames_have_sequences_from_1_on()
    {
        HandOver(3);
        Assert.That(SendAll(), Is.EqualTo(new ulong[] { 1, 2, 3 }));
        Assert.That((_sender.Sent, _sender.Last, _counters.FramesSent), Is.EqualTo((3UL, 3UL, 3L)));
    }

    [Test]
    public void What_is_acknowledged_is_let_go_of_and_the_rest_kept()
    {
        HandOver(4);
        SendAll();
        Assert.That(_sender.TryAcknowledge(3), Is.True);
        Assert.That((_outbox.WaitingFrames, _sender.IsAwaiting), Is.EqualTo((1, true)));
        Assert.That(_sender.TryRewind(3), Is.False, "Nobody has that any more.");
        Assert.That(_sender.TryRewind(4), Is.True);
        Assert.That(SendAll(), Is.EqualTo(new ulong[] { 4 }));
        Assert.That((_counters.FramesSent, _counters.Resent), Is.EqualTo((4L, 1L)));
    }

    [Test]
    public void What_was_never_sent_cannot_be_acknowledged()
    {
        HandOver(3);
        _sender.Next();
        _sender.MarkSent();
        Assert.That(_sender.TryAcknowledge(2), Is.False);
        Assert.That(_sender.TryAcknowledge(1), Is.True);
    }

    [Test]
    public void An_acknowledgement_that_comes_after_going_back_goes_forward_again()
    {
        HandOver(5);
        SendAll();
        _sender.TryRewind(1);
        _sender.TryAcknowledge(4);
        Assert.That(_sender.Sent, Is.EqualTo(4));
        Assert.That(SendAll(), Is.EqualTo(new ulong[] { 5 }));
    }

    [Test]
    public void The_goodbye_comes_last_and_finishes()
    {
        HandOver(2);
        SendAll();
        _sender.SayGoodbye(NumberedFrame.Write(new(), Header, 9));
        Assert.That(SendAll(), Is.EqualTo(new ulong[] { 3 }));
        _sender.TryAcknowledge(2);
        Assert.That(_sender.IsFinished, Is.False);
        _sender.TryAcknowledge(3);
        Assert.That((_sender.IsFinished, _outbox.WaitingFrames, _counters.FramesSent), Is.EqualTo((true, 0, 2L)));
    }

    [Test]
    public void However_many_frames_go_through_each_is_given_back_to_the_pool()
    {
        for (var i = 0; i < 1_000; i++)
        {
            HandOver(8);
            Assert.That(SendAll(), Has.Count.EqualTo(8));
            Assert.That(_sender.TryAcknowledge(_sender.Last), Is.True);
            Assert.That(_outbox.WaitingFrames, Is.Zero);
        }
    }

    private void HandOver(int frames)
    {
        for (var i = 0; i < frames; i++) Assert.That(_outbox.TrySend(NumberedFrame.Write(_pool, Header, (uint)i)), Is.True);
    }

    private List<ulong> SendAll()
    {
        var sequences = new List<ulong>();
        while (_sender.Next() is { } frame)
        {
            FrameHeader.TryRead(frame.WrittenSpan, out var header, out _);
            sequences.Add(header.Sequence);
            _sender.MarkSent();
        }

        return sequences;
    }
}
