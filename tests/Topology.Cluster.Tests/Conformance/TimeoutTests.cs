using Topology.Testing;

namespace Topology.Cluster.Tests.Conformance;

/// <summary>
/// Storm's <c>testTimeout</c>, <c>testAdvanceClusterTime</c> and <c>testDisableTupleTimeout</c>. Three things differ here. A tree fails within
/// (T, 1.1 T], not (T, 2 T], so what Storm sees fail at 20 s fails by 11 s. A tuple without an answer has to be held, or it fails at once. And one that
/// is held for longer than T is forgotten, which is found out at the same time as the timeout of a tree that is as old: the reason is either.
/// </summary>
[TestFixture(StageKind.OneLoop)]
[TestFixture(StageKind.TwoLoops)]
[TestFixture(StageKind.Simulated)]
public sealed class TimeoutTests(StageKind kind)
{
    private const double T = 10;

    [Test]
    public async Task A_tree_fails_after_the_timeout_and_not_before()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Start(feeder, () =>
        {
            var count = 0;
            return new InlineBolt([], (tuple, output) =>
            {
                if (++count % 2 == 1) output.Ack(tuple);
                else output.Hold(tuple);
            });
        });
        stage.Advance(11);

        foreach (var text in (string[])["a", "b", "c"]) feeder.Feed(text);
        stage.Settle();
        stage.Advance(9);
        Assert.That(feeder.AckedTexts(), Is.EqualTo(new[] { "a", "c" }));
        Assert.That(feeder.FailedTexts(), Is.Empty);

        stage.Advance(1);
        Assert.That(feeder.FailedTexts(), Is.Empty, "Exactly T has passed.");

        stage.Advance(1);
        Assert.That(feeder.FailedTexts(), Is.EqualTo(new[] { "b" }));
        Assert.That(feeder.Reasons()[0].Kind, Is.AnyOf(FailKind.Timeout, FailKind.Forgotten));
    }

    [TestCase(0.001)]
    [TestCase(0.499)]
    [TestCase(7.25)]
    [TestCase(9.999)]
    public async Task A_tree_fails_in_time_wherever_the_clock_stood_at_its_emit(double offset)
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Start(feeder, static () => new InlineBolt([], static (tuple, output) => output.Hold(tuple)));
        stage.Advance(offset);

        feeder.Feed("a");
        stage.Settle();
        stage.Advance(T);
        Assert.That(feeder.Failed.Length, Is.Zero);

        stage.Advance(0.1 * T);
        Assert.That(feeder.Failed.Length, Is.EqualTo(1));
    }

    [Test]
    public async Task A_tree_that_times_out_names_no_component_and_its_late_answer_changes_nothing()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.Options = topology.Options with { MessageTimeout = TimeSpan.FromSeconds(T) };
            topology.SetSpout("spout", () => new FeederSpout(feeder));
            topology.SetBolt("first", InlineBolt.PassingOnAtTick).ShuffleGrouping("spout").TickEvery(TimeSpan.FromSeconds(5));
            topology.SetBolt("last", static () =>
            {
                var held = new List<HeldTuple>();
                return new InlineBolt([], (tuple, output) =>
                {
                    if (!tuple.IsTick) held.Add(output.Hold(tuple));
                    else held.ForEach(output.Ack);
                });
            }).ShuffleGrouping("first").TickEvery(TimeSpan.FromSeconds(12));
        });
        feeder.Feed("a");
        stage.Settle();

        stage.Advance(5);
        stage.Advance(6);
        Assert.That(feeder.Reasons(), Is.EqualTo(new[] { new FailReason(FailKind.Timeout) }));

        // The tuple was held at 5 s and is acked at 12 s: in time for itself, too late for its tree.
        stage.Advance(1);
        Assert.That(feeder.Acked.Length, Is.Zero);
        Assert.That(feeder.Failed.Length, Is.EqualTo(1));
        Assert.That(stage.Metrics.LateAckMessages, Is.EqualTo(1));
    }

    /// <summary>As in Storm's <c>SpoutExecutorTest</c>: several tasks of one executor, each with trees of its own.</summary>
    [Test]
    public async Task Each_tree_of_several_tasks_of_one_executor_times_out_once()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.Options = topology.Options with { MessageTimeout = TimeSpan.FromSeconds(T), MaxSpoutPending = 2, Ackers = 2 };
            topology.SetSpout("spout", () => new FeederSpout(feeder)).SetTasks(3);
            topology.SetBolt("bolt", static () => new InlineBolt([], static (tuple, output) => output.Hold(tuple))).ShuffleGrouping("spout");
        });
        for (var i = 0; i < 6; i++) feeder.Feed(i);
        stage.Settle();

        for (var seconds = 0; seconds < 40; seconds += 2) stage.Advance(2);

        Assert.That(feeder.FailedTexts().Select(int.Parse), Is.EquivalentTo(Enumerable.Range(0, 6)));
        Assert.That(stage.Metrics["spout"].Pending, Is.Zero);
    }

    [Test]
    public async Task Without_a_timeout_nothing_ever_fails_by_it()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.Options = topology.Options with { MessageTimeout = Timeout.InfiniteTimeSpan };
            topology.SetSpout("spout", () => new FeederSpout(feeder));
            topology.SetBolt("bolt", () =>
            {
                var held = new List<HeldTuple>();
                return new InlineBolt([], (tuple, output) =>
                {
                    held.Add(output.Hold(tuple));
                    if (held.Count == 2) held.ForEach(output.Ack);
                });
            }).ShuffleGrouping("spout");
        });
        feeder.Feed("a");
        stage.Settle();

        stage.Advance(600);
        Assert.That(feeder.Failed.Length, Is.Zero);

        feeder.Feed("b");
        stage.Settle();
        Assert.That(feeder.AckedTexts(), Is.EquivalentTo(new[] { "a", "b" }));
    }

    private Stage Start(Feeder feeder, Func<IBolt> bolt) => Stage.Start(kind, topology =>
    {
        topology.Options = topology.Options with { MessageTimeout = TimeSpan.FromSeconds(T) };
        topology.SetSpout("spout", () => new FeederSpout(feeder));
        topology.SetBolt("bolt", bolt).ShuffleGrouping("spout");
    });
}
