using Topology.Engine;
using Topology.Testing;

namespace Topology.Cluster.Tests.Conformance;

/// <summary>
/// What follows when user code throws. In Storm any exception but a bolt's <c>FailedException</c> ends the worker with everything in it (STORM-204); here it fails a tuple, and
/// the component's policy decides the rest.
/// </summary>
[TestFixture(StageKind.OneLoop)]
[TestFixture(StageKind.TwoLoops)]
[TestFixture(StageKind.Simulated)]
public sealed class UserErrorTests(StageKind kind)
{
    [Test]
    public async Task An_exception_fails_its_tuple_and_nothing_else()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Start(feeder, ErrorPolicy.FailTuple, static () => new PickyBolt(new InvalidOperationException("odd")));

        Feed(feeder, stage, 1, 2, 3, 4);

        Assert.That(feeder.AckedTexts(), Is.EqualTo(new[] { "2", "4" }));
        Assert.That(feeder.FailedTexts(), Is.EqualTo(new[] { "1", "3" }));
        Assert.That(feeder.Reasons(), Is.All.EqualTo(new FailReason(FailKind.BoltError, "bolt", 1, "InvalidOperationException: odd")));
        Assert.That(stage.Metrics["bolt"].Errors, Is.EqualTo(2));
        Assert.That(stage.State, Is.EqualTo(RunState.Active));
    }

    [Test]
    public async Task A_fail_tuple_exception_fails_its_tuple_without_a_report()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Start(feeder, ErrorPolicy.StopTopology, static () => new PickyBolt(new FailTupleException("odd")));

        Feed(feeder, stage, 1, 2);

        Assert.That(feeder.AckedTexts(), Is.EqualTo(new[] { "2" }));
        Assert.That(feeder.Reasons(), Is.EqualTo(new[] { new FailReason(FailKind.Explicit, "bolt", 1, "odd") }));
        Assert.That(stage.Errors.Length, Is.Zero);
    }

    [Test]
    public async Task A_dead_letter_keeps_the_tuple_and_its_tree_completes()
    {
        var feeder = new Feeder(["value"]);
        var letters = new Recorder();
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("spout", () => new FeederSpout(feeder));
            topology.SetBolt("bolt", static () => new PickyBolt(new InvalidOperationException("odd"))).ShuffleGrouping("spout").OnError(ErrorPolicy.DeadLetter);
            topology.SetBolt("letters", () => new RecordingBolt(letters)).ShuffleGrouping("bolt", StreamId.DeadLetter);
        });

        Feed(feeder, stage, 1, 2);

        Assert.That(feeder.AckedTexts(), Is.EquivalentTo(new[] { "1", "2" }));
        Assert.That(letters.Texts, Is.EqualTo(new[] { "bolt 1 InvalidOperationException: odd spout/default 1" }));
        Assert.That(stage.Metrics["bolt"].DeadLetters, Is.EqualTo(1));
    }

    [Test]
    public async Task A_restarted_task_keeps_its_state_and_fails_what_it_held()
    {
        var feeder = new Feeder(["value"]);
        var log = new List<string>();
        await using var stage = Start(feeder, ErrorPolicy.RestartTask, () => new CountingBolt(log));

        // 0 is held, and negative numbers throw.
        Feed(feeder, stage, 7, 0, -1, 7);

        Assert.That(log, Is.EqualTo(new[] { "prepare", "7: 1", "cleanup", "prepare", "7: 2" }));
        Assert.That(feeder.Failed.Select(f => (f[0].AsInt32(), f.Reason!.Value.Kind)), Is.EquivalentTo(new[] { (0, FailKind.BoltError), (-1, FailKind.BoltError) }));
        Assert.That(feeder.Acked.Length, Is.EqualTo(2));
    }

    [Test]
    public async Task A_task_that_has_to_be_restarted_more_than_five_times_a_minute_stops_the_topology()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Start(feeder, ErrorPolicy.RestartTask, static () => new PickyBolt(new InvalidOperationException("odd")));

        Feed(feeder, stage, 1, 1, 1);
        stage.Advance(61);
        Feed(feeder, stage, 1, 1, 1, 1, 1);
        Assert.That(stage.State, Is.EqualTo(RunState.Active), "Three of the eight were over a minute before.");

        feeder.Feed(1);
        var result = await stage.EndAsync();
        Assert.That(result.State, Is.EqualTo(RunState.Failed));
        Assert.That(result.Failure!.Message, Does.StartWith("bolt[1] was restarted 5 times within a minute and threw again in Execute"));
    }

    [Test]
    public async Task A_policy_may_stop_the_topology_at_the_first_error()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Start(feeder, ErrorPolicy.StopTopology, static () => new PickyBolt(new InvalidOperationException("odd")));

        feeder.Feed(1);
        var result = await stage.EndAsync();

        Assert.That(result.State, Is.EqualTo(RunState.Failed));
        Assert.That(result.Failure!.InnerException!.Message, Is.EqualTo("odd"));
    }

    [Test]
    public async Task An_exception_in_prepare_ends_the_run_and_says_where()
    {
        await using var stage = Start(new Feeder(["value"]), ErrorPolicy.FailTuple, static () => new InlineBolt([], static (_, _) => { })
        {
            Prepared = static _ => throw new InvalidOperationException("no disk"),
        });

        var result = await stage.EndAsync();

        Assert.That(result.State, Is.EqualTo(RunState.Failed));
        Assert.That(result.Failure!.Message, Is.EqualTo("bolt[1] threw in Prepare: InvalidOperationException: no disk"));
    }

    private static void Feed(Feeder feeder, Stage stage, params int[] numbers)
    {
        foreach (var number in numbers) feeder.Feed(number);
        stage.Settle();
    }

    private Stage Start(Feeder feeder, ErrorPolicy policy, Func<IBolt> bolt) => Stage.Start(kind, topology =>
    {
        topology.SetSpout("spout", () => new FeederSpout(feeder));
        var declarer = topology.SetBolt("bolt", bolt).ShuffleGrouping("spout");
        declarer.OnError(policy);
    });

    private sealed class PickyBolt(Exception error) : BasicBolt
    {
        public override Fields Output => [];

        protected override void Execute(TupleView tuple, AnchoredOutput output)
        {
            if (tuple[0].AsInt32() % 2 != 0) throw error;
        }
    }

    private sealed class CountingBolt(List<string> log) : IBolt
    {
        private KeyedState<long, int> _counts = null!;

        public Fields Output => [];

        public void Prepare(BoltContext context)
        {
            log.Add("prepare");
            _counts = context.KeyedState<long, int>("counts");
        }

        public void Execute(TupleView tuple, BoltOutput output)
        {
            var number = tuple[0].AsInt64();
            if (number < 0) throw new InvalidOperationException("negative");
            if (number == 0)
            {
                output.Hold(tuple);
                return;
            }

            log.Add($"{number}: {++_counts.For(number)}");
            output.Ack(tuple);
        }

        public void Cleanup() => log.Add("cleanup");
    }
}
