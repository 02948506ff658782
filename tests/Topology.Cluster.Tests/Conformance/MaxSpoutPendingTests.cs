using Topology.Testing;

namespace Topology.Cluster.Tests.Conformance;

/// <summary>
/// 2.2 of Storm's rules. There the limit is looked at before <c>NextTuple</c> alone, which may overshoot it, and is that of an executor; here it is exact, and that of a task.
/// </summary>
[TestFixture(StageKind.OneLoop)]
[TestFixture(StageKind.TwoLoops)]
[TestFixture(StageKind.Simulated)]
public sealed class MaxSpoutPendingTests(StageKind kind)
{
    [Test]
    public async Task A_spout_has_no_more_trees_pending_than_its_limit()
    {
        var feeder = new Feeder(["value"]);
        var release = false;
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("spout", () => new FeederSpout(feeder)).MaxSpoutPending(3);
            topology.SetBolt("bolt", () => Holding(() => release)).ShuffleGrouping("spout").TickEvery(TimeSpan.FromSeconds(1));
        });

        for (var i = 0; i < 10; i++) feeder.Feed(i);
        stage.Settle();
        Assert.That(feeder.Unanswered, Is.EqualTo(10));
        Assert.That((stage.Metrics["spout"].Emitted, stage.Metrics["spout"].Pending), Is.EqualTo((3, 3)));

        // Each tick acks one of those held.
        stage.Advance(1);
        Assert.That((stage.Metrics["spout"].Emitted, stage.Metrics["spout"].Pending), Is.EqualTo((4, 3)));

        release = true;
        stage.Advance(1);
        Assert.That(feeder.AckedTexts().Select(int.Parse), Is.EquivalentTo(Enumerable.Range(0, 10)));
    }

    [Test]
    public async Task A_tree_that_fails_or_times_out_makes_room()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.Options = topology.Options with { MessageTimeout = TimeSpan.FromSeconds(10) };
            topology.SetSpout("spout", () => new FeederSpout(feeder)).MaxSpoutPending(1);
            topology.SetBolt("bolt", static () => new InlineBolt([], static (tuple, output) =>
            {
                if (tuple[0] == "fail") output.Fail(tuple);
                else output.Hold(tuple);
            })).ShuffleGrouping("spout");
        });

        feeder.Feed("fail");
        feeder.Feed("hold");
        var last = feeder.Feed("hold");
        stage.Settle();
        Assert.That((feeder.Failed.Length, last.State), Is.EqualTo((1, FedState.Waiting)));

        stage.Advance(11);
        Assert.That((feeder.Failed.Length, last.State), Is.EqualTo((2, FedState.Pending)));
    }

    [Test]
    public async Task Each_task_has_the_whole_limit()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.Options = topology.Options with { MaxSpoutPending = 2 };
            topology.SetSpout("spout", () => new FeederSpout(feeder), parallelism: 2).SetTasks(3);
            topology.SetBolt("bolt", static () => new InlineBolt([], static (tuple, output) => output.Hold(tuple))).ShuffleGrouping("spout");
        });

        for (var i = 0; i < 10; i++) feeder.Feed(i);
        stage.Settle();

        Assert.That(stage.Metrics["spout"].Pending, Is.EqualTo(6));
    }

    [Test]
    public async Task An_emit_beyond_the_limit_throws_and_changes_nothing()
    {
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.Options = topology.Options with { MaxSpoutPending = 2 };
            topology.SetSpout("spout", static () => new GreedySpout());
            topology.SetBolt("bolt", static () => new InlineBolt([], static (tuple, output) => output.Hold(tuple))).ShuffleGrouping("spout");
        });

        Assert.That(stage.Errors.Select(e => (e.Call, e.Error.GetType())), Is.EqualTo(new[] { ("NextTuple", typeof(EmitException)) }));
        Assert.That((stage.Metrics["spout"].Emitted, stage.Metrics["spout"].Pending), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task Tuples_that_are_not_tracked_do_not_count()
    {
        var recorder = new Recorder();
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.Options = topology.Options with { MaxSpoutPending = 1 };
            topology.SetSpout("plain", static () => new PlainSpout());
            topology.SetSpout("mixed", static () => new MixedSpout());
            topology.SetBolt("bolt", () => new RecordingBolt(recorder)).ShuffleGrouping("plain").ShuffleGrouping("mixed", "untracked");
        });

        await stage.EndAsync();

        Assert.That(recorder.All.CountBy(r => r.Source.Component), Is.EquivalentTo(new Dictionary<string, int> { ["plain"] = 100, ["mixed"] = 100 }));
    }

    /// <summary>Holds every tuple; a tick acks the oldest, or all where it may.</summary>
    private static InlineBolt Holding(Func<bool> releasesAll)
    {
        var held = new Queue<HeldTuple>();
        return new InlineBolt([], (tuple, output) =>
        {
            if (!tuple.IsTick && !releasesAll())
            {
                held.Enqueue(output.Hold(tuple));
                return;
            }

            if (!tuple.IsTick) output.Ack(tuple);
            for (var left = releasesAll() ? held.Count : 1; left > 0; left--) output.Ack(held.Dequeue());
        });
    }

    private sealed class GreedySpout : ReliableSpout<int>
    {
        public override Fields Output => ["value"];

        public override void NextTuple(SpoutOutput<int> output)
        {
            for (var i = 0; i < 3; i++) output.Emit(i, i);
        }
    }

    private sealed class PlainSpout : Spout
    {
        private int _emitted;

        public override Fields Output => ["value"];

        public override bool IsExhausted => _emitted == 100;

        public override void NextTuple(SpoutOutput output) => output.Emit(_emitted++);
    }

    private sealed class MixedSpout : ReliableSpout<int>
    {
        private StreamId _untracked = null!;
        private int _emitted;

        public override Fields Output => ["value"];

        public override bool IsExhausted => _emitted == 100;

        public override void Declare(StreamDeclarer streams) => streams.Add("untracked", ["value"]);

        public override void Open(SpoutContext context) => _untracked = context.Stream("untracked");

        public override void NextTuple(SpoutOutput<int> output) => output.EmitUntracked(_untracked, _emitted++);
    }
}
