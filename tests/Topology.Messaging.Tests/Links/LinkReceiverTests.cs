namespace Topology.Messaging.Tests;

public sealed class LinkReceiverTests
{
    private readonly LinkOptions _options = new() { AcknowledgeFrames = 3, AcknowledgeBytes = 1_000 };
    private LinkReceiver _receiver = null!;

    [SetUp]
    public void MakeReceiver() => _receiver = new(_options);

    [Test]
    public void Each_frame_is_let_through_once_and_in_order()
    {
        Assert.That(
            new ulong[] { 1, 2, 2, 1, 4, 3, 4, 5 }.Select(sequence => _receiver.Accept(sequence, 10, 0)),
            Is.EqualTo(new[] { Arrival.Next, Arrival.Next, Arrival.Duplicate, Arrival.Duplicate, Arrival.AfterGap, Arrival.Next, Arrival.Next, Arrival.Next }));
        Assert.That(_receiver.Received, Is.EqualTo(5));
    }

    [Test]
    public void A_gap_is_asked_for_once_until_the_sender_says_that_it_passed()
    {
        _receiver.Accept(4, 10, 0);
        Assert.That((_receiver.IsAsking, _receiver.Missing, _receiver.AcknowledgeAt), Is.EqualTo((true, (1UL, 3UL), 0L)));
        _receiver.MarkAcknowledged();
        _receiver.Accept(5, 10, 0);
        Assert.That(_receiver.IsAsking, Is.False);
        _receiver.OnSent(6);
        Assert.That((_receiver.IsAsking, _receiver.Missing), Is.EqualTo((true, (1UL, 6UL))));
        for (ulong i = 1; i <= 6; i++) _receiver.Accept(i, 10, 0);
        Assert.That(_receiver.IsAsking, Is.False);
        _receiver.OnSent(6);
        Assert.That(_receiver.IsAsking, Is.False);
    }

    [Test]
    public void What_was_asked_for_and_may_be_lost_is_asked_for_again_unless_it_came()
    {
        _receiver.Accept(3, 10, 0);
        _receiver.MarkAcknowledged();
        _receiver.Repeat();
        Assert.That((_receiver.IsAsking, _receiver.Missing, _receiver.AcknowledgeAt), Is.EqualTo((true, (1UL, 2UL), 0L)));
        _receiver.Accept(1, 10, 0);
        _receiver.MarkAcknowledged();
        _receiver.Repeat();
        Assert.That((_receiver.IsAsking, _receiver.AcknowledgeAt), Is.EqualTo((false, 0L)));
    }

    [Test]
    public void Some_frames_or_bytes_are_acknowledged_at_once_and_one_after_the_delay()
    {
        Assert.That(_receiver.AcknowledgeAt, Is.EqualTo(long.MaxValue));
        _receiver.Accept(1, 10, 500);
        Assert.That(_receiver.AcknowledgeAt, Is.EqualTo(500 + _options.AcknowledgeDelay.Ticks));
        _receiver.Accept(2, 10, 700);
        Assert.That(_receiver.AcknowledgeAt, Is.EqualTo(500 + _options.AcknowledgeDelay.Ticks));
        _receiver.Accept(3, 10, 700);
        Assert.That(_receiver.AcknowledgeAt, Is.Zero);
        _receiver.MarkAcknowledged();
        Assert.That(_receiver.AcknowledgeAt, Is.EqualTo(long.MaxValue));
        _receiver.Accept(4, 1_000, 900);
        Assert.That(_receiver.AcknowledgeAt, Is.Zero);
    }

    [Test]
    public void Duplicates_are_acknowledged_too_since_the_sender_missed_that_it_was()
    {
        _receiver.Accept(1, 10, 0);
        _receiver.MarkAcknowledged();
        _receiver.Accept(1, 10, 0);
        Assert.That(_receiver.AcknowledgeAt, Is.EqualTo(_options.AcknowledgeDelay.Ticks));
    }
}
