using Topology.Testing;

namespace Topology.Cluster.Tests.Conformance;

/// <summary>Storm's <c>testHooks</c>.</summary>
[TestFixture(StageKind.OneLoop)]
[TestFixture(StageKind.TwoLoops)]
[TestFixture(StageKind.Simulated)]
public sealed class HookTests(StageKind kind)
{
    /// <summary>
    /// Storm's emit hook also fires for the streams of acks, and counts 0, 2, 4, 6; here messages to ackers are no tuples, so it counts the bolt's own: 0, 1, 2, 3.
    /// </summary>
    [Test]
    public async Task A_bolts_hook_counts_what_the_bolt_did_before_the_tuple_in_hand()
    {
        var feeder = new Feeder(["value"]);
        var recorder = new Recorder();
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("1", () => new FeederSpout(feeder));
            topology.SetBolt("2", () =>
            {
                var hook = new CountingHook();
                return new InlineBolt(["emitted", "acked", "failed", "executed"], (tuple, output) =>
                {
                    output.Emit(tuple, hook.Emits, hook.Acks, hook.Fails, hook.Executes);
                    if (hook.Acks - hook.Fails == 0) output.Ack(tuple);
                    else output.Fail(tuple);
                })
                {
                    Prepared = context => context.AddHook(hook),
                };
            }).ShuffleGrouping("1");
            topology.SetBolt("3", () => new RecordingBolt(recorder)).ShuffleGrouping("2");
        });

        for (var i = 0; i < 4; i++) feeder.Feed(1);
        stage.Settle();

        Assert.That(recorder.Texts, Is.EqualTo(new[] { "0 0 0 0", "1 1 0 1", "2 1 1 2", "3 2 1 3" }));
    }

    [Test]
    public async Task A_spouts_hook_sees_how_its_trees_end()
    {
        var feeder = new Feeder(["value"]);
        var hook = new CountingHook();
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("spout", () => new HookedSpout(feeder, hook));
            topology.SetBolt("bolt", static () => new InlineBolt([], static (tuple, output) =>
            {
                if (tuple[0] == 0) output.Fail(tuple, "zero");
                else output.Ack(tuple);
            })).ShuffleGrouping("spout");
        });

        for (var i = 0; i < 3; i++) feeder.Feed(i);
        stage.Settle();

        Assert.That((hook.Emits, hook.TreeAcks), Is.EqualTo((3, 2)));
        Assert.That(hook.TreeFails.Select(r => r.Detail), Is.EqualTo(new[] { "zero" }));
    }

    [Test]
    public async Task A_hook_that_throws_is_reported_and_harms_nobody()
    {
        var feeder = new Feeder(["value"]);
        var hook = new CountingHook();
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("spout", () => new FeederSpout(feeder));
            topology.SetBolt("bolt", () => new InlineBolt([], static (tuple, output) => output.Ack(tuple))
            {
                Prepared = context =>
                {
                    context.AddHook(new ThrowingHook());
                    context.AddHook(hook);
                },
            }).ShuffleGrouping("spout");
        });

        feeder.Feed(1);
        stage.Settle();

        Assert.That(feeder.Acked.Length, Is.EqualTo(1));
        Assert.That((hook.Executes, hook.Acks), Is.EqualTo((1, 1)));
        Assert.That(stage.Errors.Select(e => e.Call), Is.EqualTo(new[] { "Hook", "Hook" }));
    }

    [Test]
    public async Task A_hook_sees_an_execute_that_throws_and_the_end_of_its_task()
    {
        var feeder = new Feeder(["value"]);
        var hook = new CountingHook();
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("spout", () => new FeederSpout(feeder));
            topology.SetBolt("bolt", () => new InlineBolt([], static (_, _) => throw new InvalidOperationException("no"))
            {
                Prepared = context => context.AddHook(hook),
            }).ShuffleGrouping("spout");
        });

        feeder.Feed(1);
        stage.Settle();
        Assert.That((hook.Executes, hook.Fails, hook.Cleanups), Is.EqualTo((1, 1, 0)));

        await stage.StopAsync();
        Assert.That(hook.Cleanups, Is.EqualTo(1));
    }

    private sealed class CountingHook : ITaskHook
    {
        public int Emits { get; private set; }

        public int Executes { get; private set; }

        public int Acks { get; private set; }

        public int Fails { get; private set; }

        public int TreeAcks { get; private set; }

        public List<FailReason> TreeFails { get; } = [];

        public int Cleanups { get; private set; }

        public void Emitted(StreamId stream, ReadOnlySpan<Value> values, int targets) => Emits++;

        public void Executed(TupleSource source) => Executes++;

        public void Acked() => Acks++;

        public void Failed(FailReason reason) => Fails++;

        public void TreeAcked() => TreeAcks++;

        public void TreeFailed(FailReason reason) => TreeFails.Add(reason);

        public void Cleanup() => Cleanups++;
    }

    private sealed class ThrowingHook : ITaskHook
    {
        public void Executed(TupleSource source) => throw new InvalidOperationException("executed");

        public void Acked() => throw new InvalidOperationException("acked");
    }

    private sealed class HookedSpout(Feeder feeder, ITaskHook hook) : ReliableSpout<FedTuple>
    {
        private readonly FeederSpout _spout = new(feeder);

        public override Fields Output => _spout.Output;

        public override void Open(SpoutContext context)
        {
            context.AddHook(hook);
            _spout.Open(context);
        }

        public override void NextTuple(SpoutOutput<FedTuple> output) => _spout.NextTuple(output);

        public override void Ack(FedTuple messageId) => _spout.Ack(messageId);

        public override void Fail(FedTuple messageId, FailReason reason) => _spout.Fail(messageId, reason);
    }
}
