namespace Topology.Messaging.Tests;

/// <summary>Frames that are not the peer's, or say what cannot be, are dropped, counted by reason and logged once.</summary>
public sealed class LinkRefusalTests
{
    private SimulatedWorkers _workers = null!;
    private SimulatedWorker _a = null!;
    private SimulatedWorker _b = null!;
    private IPeerWire _fromB = null!;

    [SetUp]
    public void MakePair()
    {
        _workers = new();
        (_a, _b) = _workers.Pair();
        _fromB = _b.Wire.Connect(_a.Wire.AsPeer());
        _workers.Step(5);
    }

    [TearDown]
    public void DisposeWire() => _fromB.Dispose();

    private static FrameHeader HeaderOfB => new(SimulatedWorkers.Topology, 1, 0xB, 0);

    [Test]
    public void What_is_no_frame()
    {
        Send([1, 2, 3], [.. new byte[100]]);
        Assert.That(_a.Links.Refused[Refusal.NotAFrame], Is.EqualTo(2));
        RequireNothingHandedOn();
    }

    [Test]
    public void Another_topologys()
    {
        Send(Numbered(HeaderOfB with { Topology = 8, Sequence = 1 }));
        Assert.That(_a.Links.Refused[Refusal.OtherTopology], Is.EqualTo(1));
        RequireNothingHandedOn();
    }

    [Test]
    public void An_unknown_incarnations()
    {
        Send(Numbered(HeaderOfB with { Incarnation = 0xBB, Sequence = 1 }));
        Assert.That(_a.Links.Refused[Refusal.UnknownSender], Is.EqualTo(1));
        RequireNothingHandedOn();
    }

    [Test]
    public void Another_generations_older_or_newer()
    {
        Send(Numbered(HeaderOfB with { Generation = 0, Sequence = 1 }), Numbered(HeaderOfB with { Generation = 2, Sequence = 1 }));
        Assert.That(_a.CountersTo(_b).Refused[Refusal.OtherGeneration], Is.EqualTo(2));
        RequireNothingHandedOn();
    }

    [Test]
    public void An_impostors()
    {
        var c = _workers.Add(3, 0xC);
        var fromC = c.Wire.Connect(_a.Wire.AsPeer());
        _workers.Step(2);
        fromC.TrySend(LinkConnection.Data, Numbered(HeaderOfB with { Sequence = 1 }));
        fromC.TrySend(LinkConnection.Control, Own(writer => writer.Write(new Hello(2, 0xA, 0))));
        _workers.Step(5);
        Assert.That(_a.Links.Refused[Refusal.Impostor], Is.EqualTo(2));
        RequireNothingHandedOn();
    }

    [Test]
    public void The_links_own_that_say_what_cannot_be()
    {
        var before = _a.Handler.Events.Count;
        Send(
            Own(writer => writer.Write(new Acknowledgement(0xA, 99))),
            Own(writer => writer.Write(new Acknowledgement(0xAA, 0))),
            Own(writer => writer.Write(new Acknowledgement(0xA, 0, 2))),
            Own(writer => writer.Write(new ResendRequest(0, 5))),
            Own(writer => writer.Write(new Hello(3, 0, 0))),
            Own(writer => writer.Write(new Hello(2, 0xAA, 0))),
            Own(writer => writer.Write(new Heartbeat(0, 1))));
        Assert.That(_a.CountersTo(_b).Refused[Refusal.Malformed], Is.EqualTo(7));
        Assert.That(_a.Handler.Events, Has.Count.EqualTo(before));
        RequireNothingHandedOn();
    }

    [Test]
    public void Every_cut_of_the_links_own_frames_does_no_harm()
    {
        var whole = Own(writer =>
        {
            writer.Write(new Hello(2, 0xA, 0));
            writer.Write(new Heartbeat(0, 0));
            writer.WriteCredits([new Credit(new(1, 2), 3, 4)]);
            writer.Write(new Acknowledgement(0xA, 0));
            writer.Write(new ResendRequest(1, 2));
        });
        for (var length = 0; length < whole.Length; length++)
        {
            Send(whole[..length]);
            _workers.Step();
        }

        Assert.That(_a.CountersTo(_b).Refused[Refusal.Malformed] + _a.Links.Refused[Refusal.NotAFrame], Is.EqualTo(whole.Length));
        Assert.That(_a.Handler.Credits, Is.Empty, "A frame is taken whole or not at all.");
    }

    [Test]
    public void A_lost_peers()
    {
        _a.Handler.Intercept = (_, _, _) => WireError.InvalidBatch;
        _b.TrySend(_a, LinkConnection.Data, 1);
        _workers.Until(() => _a.Handler.Losses.Count == 1);
        Send(Own(writer => writer.Write(new Heartbeat(0, 0))));
        Assert.That(_a.CountersTo(_b).Refused[Refusal.LinkEnded], Is.GreaterThan(0));
        _workers.Step(2_000);
        Assert.That(_a.Handler.Losses, Has.Count.EqualTo(1));
    }

    [Test]
    public void Each_reason_is_logged_once()
    {
        for (var i = 0; i < 50; i++) Send([1], Numbered(HeaderOfB with { Generation = 9, Sequence = 1 }), Own(writer => writer.Write(new Hello(3, 0, 0))));
        Assert.That(_a.Log.Lines.Where(line => line.Contains("refused", StringComparison.Ordinal)).ToArray(), Has.Length.EqualTo(3));
        Assert.That(_a.Links.Refused.Total + _a.CountersTo(_b).Refused.Total, Is.EqualTo(150));
    }

    [Test]
    public void A_gap_that_nobody_can_close_loses_the_link_and_one_late_request_does_not()
    {
        for (uint i = 1; i <= 3; i++) _a.TrySend(_b, LinkConnection.Data, i);
        _workers.Until(() => _a.Outboxes.To(2, LinkConnection.Data).WaitingFrames == 0);
        Send(Own(writer => writer.Write(new ResendRequest(1, 3))));
        _workers.Step(TimeSpan.FromSeconds(15));
        Assert.That(_a.Handler.Losses, Is.Empty, "It was held up on an old connection.");
        _b.IsFrozen = true;
        for (var i = 0; i < 12 && _a.Handler.Losses.Count == 0; i++)
        {
            Send(Own(writer => writer.Write(new ResendRequest(1, 3))));
            _workers.Step(TimeSpan.FromSeconds(1));
        }

        Assert.That(_a.Handler.Losses.Select(lost => lost.Reason), Is.EqualTo(new[] { LossReason.Gap }));
    }

    private static byte[] Numbered(FrameHeader header) => NumberedFrame.Write(new(), header, 1).WrittenSpan.ToArray();

    private byte[] Own(Action<FrameWriter> write)
    {
        var writer = new FrameWriter(new FrameBufferPool());
        writer.Begin(HeaderOfB);
        write(writer);
        return writer.Finish().WrittenSpan.ToArray();
    }

    private void Send(params byte[][] frames)
    {
        foreach (var frame in frames) Assert.That(_fromB.TrySend(LinkConnection.Control, frame), Is.True);
        _workers.Step(5);
    }

    private void RequireNothingHandedOn() => Assert.That(_a.Handler.Frames, Is.Empty);
}
