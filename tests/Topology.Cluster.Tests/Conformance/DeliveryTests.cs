using Topology.Engine;

namespace Topology.Cluster.Tests.Conformance;

/// <summary>Topologies without ackers: 2.1 of Storm's rules.</summary>
[TestFixture(StageKind.OneLoop)]
[TestFixture(StageKind.TwoLoops)]
[TestFixture(StageKind.Simulated)]
public sealed class DeliveryTests(StageKind kind)
{
    [TestCase(Delivery.AtMostOnce, 1)]
    [TestCase(Delivery.AtLeastOnce, 0)]
    public async Task Without_ackers_a_message_is_acked_within_its_emit_and_nobody_hears_of_its_failure(Delivery delivery, int ackers)
    {
        var calls = new List<string>();
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.Options = topology.Options with { Delivery = delivery, Ackers = ackers };
            topology.SetSpout("spout", () => new CallingSpout(calls));
            topology.SetBolt("bolt", static () => new InlineBolt([], static (tuple, output) => output.Fail(tuple))).ShuffleGrouping("spout");
        });

        var result = await stage.EndAsync();

        Assert.That(calls, Is.EqualTo(new[] { "emit 1", "ack 1", "emitted 1", "emit 2", "ack 2", "emitted 2" }));
        Assert.That((result.Metrics["spout"].Acked, result.Metrics["spout"].Failed, result.Metrics["bolt"].Failed), Is.EqualTo((2, 0, 2)));
        Assert.That(result.State, Is.EqualTo(RunState.Completed));
    }

    [Test]
    public async Task With_several_ackers_each_tree_has_one()
    {
        var recorder = new Recorder();
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.Options = topology.Options with { Ackers = 3 };
            topology.SetSpout("a", () => new FixedSpout(["value"], [.. Enumerable.Range(0, 100).Select(i => new Value[] { i })]));
            topology.SetSpout("b", () => new FixedSpout(["value"], [.. Enumerable.Range(0, 100).Select(i => new Value[] { i })]), parallelism: 4);
            topology.SetBolt("both", Pairing).ShuffleGrouping("a").ShuffleGrouping("b");
            topology.SetBolt("sink", () => new RecordingBolt(recorder), parallelism: 2).ShuffleGrouping("both");
        });

        var result = await stage.EndAsync();

        Assert.That((result.Metrics["a"].Acked, result.Metrics["b"].Acked, recorder.All.Length), Is.EqualTo((100, 100, 100)));
    }

    /// <summary>Joins two tuples each, of whichever spout, so that trees of different ackers meet.</summary>
    private static InlineBolt Pairing()
    {
        var held = new List<HeldTuple>();
        return new InlineBolt(["value"], (tuple, output) =>
        {
            held.Add(output.Hold(tuple));
            if (held.Count < 2) return;
            output.Emit(held.ToArray(), 1);
            held.ForEach(output.Ack);
            held.Clear();
        });
    }

    private sealed class CallingSpout(List<string> calls) : ReliableSpout<int>
    {
        private int _emitted;

        public override Fields Output => ["value"];

        public override bool IsExhausted => _emitted == 2;

        public override void NextTuple(SpoutOutput<int> output)
        {
            var message = ++_emitted;
            calls.Add($"emit {message}");
            output.Emit(message, message);
            calls.Add($"emitted {message}");
        }

        public override void Ack(int messageId) => calls.Add($"ack {messageId}");

        public override void Fail(int messageId, FailReason reason) => calls.Add($"fail {messageId}");
    }
}
