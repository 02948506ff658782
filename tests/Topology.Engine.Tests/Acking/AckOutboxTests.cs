using Topology.Messaging;

namespace Topology.Engine.Tests;

public sealed class AckOutboxTests
{
    private const int Sender = 0;

    private AckerExecutor _acker = null!;
    private AckOutbox _outbox = null!;

    private RecyclingRing<AckBatch> Lane => _acker.LaneOf(Sender);

    [SetUp]
    public void SetUp()
    {
        var simulation = new Simulation(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 1 };
            topology.SetSpout("spout", () => new InlineSpout(_ => { }));
            topology.SetBolt("bolt", () => new InlineBolt((tuple, output) => output.Ack(tuple))).ShuffleGrouping("spout");
        });
        _acker = simulation.Worker.Ackers[0];
        _outbox = new AckOutbox(_acker, Sender);
    }

    [Test]
    public void Acks_of_one_root_that_follow_one_another_travel_as_one_message()
    {
        var root = RootId.Of(1, 5);
        _outbox.AddAck(root, 1);
        _outbox.AddAck(root, 2);
        _outbox.AddAck(RootId.Of(1, 6), 16);
        Assert.That(Flushed(), Is.EqualTo(new[] { (AckBatchKind.Ack, root, 3UL), (AckBatchKind.Ack, RootId.Of(1, 6), 16UL) }));
    }

    [Test]
    public void What_one_batch_remembers_is_not_taken_for_the_next_one_s()
    {
        var root = RootId.Of(1, 5);
        _outbox.AddAck(root, 1);
        var first = Flushed();
        _outbox.AddAck(root, 2);
        Assert.That(first.Concat(Flushed()), Is.EqualTo(new[] { (AckBatchKind.Ack, root, 1UL), (AckBatchKind.Ack, root, 2UL) }));
    }

    [Test]
    public void Roots_that_follow_one_another_travel_as_one_message()
    {
        foreach (var sequence in new ulong[] { 5, 6, 7, 9, 8, 9 }) _outbox.AddInit(RootId.Of(1, sequence));
        _outbox.AddInit(RootId.Of(2, 10));
        Assert.That(Flushed(), Is.EqualTo(new[]
        {
            (AckBatchKind.InitRun, RootId.Of(1, 5), 3UL),
            (AckBatchKind.InitRun, RootId.Of(1, 9), 1UL),
            (AckBatchKind.InitRun, RootId.Of(1, 8), 2UL),
            (AckBatchKind.InitRun, RootId.Of(2, 10), 1UL),
        }));
        _outbox.AddInit(RootId.Of(2, 11));
        Assert.That(Flushed(), Is.EqualTo(new[] { (AckBatchKind.InitRun, RootId.Of(2, 11), 1UL) }));
    }

    [Test]
    public void Messages_of_different_kinds_keep_their_order()
    {
        var root = RootId.Of(1, 5);
        _outbox.AddAck(root, 1);
        _outbox.Add(AckBatchKind.Reset, root, 0);
        _outbox.AddAck(root, 2);
        _outbox.Add(AckBatchKind.Fail, root, 9);
        _outbox.AddInit(root);
        Assert.That(Flushed().Select(m => m.Kind), Is.EqualTo(new[] { AckBatchKind.Ack, AckBatchKind.Reset, AckBatchKind.Ack, AckBatchKind.Fail, AckBatchKind.InitRun }));
    }

    [Test]
    public void Any_acks_amount_to_the_same_whether_combined_or_not()
    {
        var random = new Random(3);
        var sent = new List<(ulong Root, ulong Value)>();
        var received = new List<(AckBatchKind Kind, ulong Root, ulong Value)>();
        for (var i = 0; i < 20_000; i++)
        {
            var message = (RootId.Of(1, (ulong)random.Next(1_000)), (ulong)random.NextInt64());
            sent.Add(message);
            _outbox.AddAck(message.Item1, message.Item2);
            if (random.Next(700) == 0) received.AddRange(Flushed());
        }

        received.AddRange(Flushed());
        Assert.That(XorByRoot(received), Is.EquivalentTo(XorByRoot(sent.Select(m => (AckBatchKind.Ack, m.Root, m.Value)))));
        Assert.That(received, Has.Count.LessThan(sent.Count));
    }

    /// <summary>An acker that lagged has a full lane. What then waited for room must wake it too, even if nothing follows.</summary>
    [Test]
    public void What_waited_for_room_in_the_acker_s_lane_wakes_it_when_it_gets_there()
    {
        var loop = _acker.Home;
        var sent = 0UL;
        // Kinds in turn make a batch of every message.
        while (Lane.Count < 256) AddOfEitherKind(sent++);
        for (var more = 0; more < 10; more++) AddOfEitherKind(sent++);
        Assert.That(_outbox.TryFlush(), Is.False);
        RunUntilIdle(loop);
        Assert.That(Lane.Count, Is.Zero);
        Assert.That(_outbox.TryFlush(), Is.True);
        Assert.That(loop.HasWork, Is.True, "The acker sleeps on what came last.");
        RunUntilIdle(loop);
        Assert.That(Lane.Count, Is.Zero);
    }

    private void AddOfEitherKind(ulong number) => _outbox.Add((number & 1) == 0 ? AckBatchKind.Reset : AckBatchKind.Fail, RootId.Of(_acker.Worker.Plan["spout"].FirstTask, number), 0);

    private static void RunUntilIdle(EventLoop loop)
    {
        for (var i = 0; i < 100; i++) loop.RunOnce();
        Assert.That(loop.HasWork, Is.False);
    }

    private List<(AckBatchKind Kind, ulong Root, ulong Value)> Flushed()
    {
        var messages = new List<(AckBatchKind, ulong, ulong)>();
        for (var isFlushed = false; !isFlushed;)
        {
            isFlushed = _outbox.TryFlush();
            while (Lane.TryTake() is { } batch)
            {
                messages.AddRange(batch.Messages.Take(batch.Count).Select(m => (batch.Kind, m.Root, m.Value)));
                Lane.Recycle(batch);
            }
        }

        return messages;
    }

    private static Dictionary<ulong, ulong> XorByRoot(IEnumerable<(AckBatchKind Kind, ulong Root, ulong Value)> messages) =>
        messages.GroupBy(m => m.Root).ToDictionary(g => g.Key, g => g.Aggregate(0UL, (xor, m) => xor ^ m.Value));
}
