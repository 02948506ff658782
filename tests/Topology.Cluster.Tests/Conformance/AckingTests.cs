using Topology.Testing;

namespace Topology.Cluster.Tests.Conformance;

/// <summary>The acking scenarios of Storm's <c>TopologyIntegrationTest</c>, tuple by tuple.</summary>
[TestFixture(StageKind.OneLoop)]
[TestFixture(StageKind.TwoLoops)]
[TestFixture(StageKind.Simulated)]
public sealed class AckingTests(StageKind kind)
{
    [Test]
    public async Task A_tree_with_branches_and_joins_completes_with_its_last_tuple()
    {
        var (first, second, third) = (new Feeder(["value"]), new Feeder(["value"]), new Feeder(["value"]));
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("1", () => new FeederSpout(first));
            topology.SetSpout("2", () => new FeederSpout(second));
            topology.SetSpout("3", () => new FeederSpout(third));
            topology.SetBolt("4", () => Branching(2)).ShuffleGrouping("1");
            topology.SetBolt("5", () => Branching(4)).ShuffleGrouping("2");
            topology.SetBolt("6", () => Branching(1)).ShuffleGrouping("3");
            topology.SetBolt("7", () => Gathering(3)).ShuffleGrouping("4").ShuffleGrouping("5").ShuffleGrouping("6");
            topology.SetBolt("8", () => Branching(2)).ShuffleGrouping("7");
            topology.SetBolt("9", InlineBolt.Acking).ShuffleGrouping("8");
        });

        // What "7" holds after each step, by the letter of the tuple fed; and how many trees of each spout are complete by then.
        FeedOne(first);
        Expect(0, 0, 0); // a a
        FeedOne(second);
        Expect(1, 1, 0); // a a b, b b b
        FeedOne(first);
        Expect(1, 1, 0); // c c
        FeedOne(first);
        Expect(2, 1, 0); // c c d, d
        FeedOne(third);
        Expect(2, 1, 0); // d e
        FeedOne(second);
        Expect(3, 2, 1); // d e f, f f f

        void FeedOne(Feeder feeder)
        {
            feeder.Feed(1);
            stage.Settle();
        }

        void Expect(int ofFirst, int ofSecond, int ofThird) =>
            Assert.That((first.Acked.Length, second.Acked.Length, third.Acked.Length), Is.EqualTo((ofFirst, ofSecond, ofThird)));
    }

    [Test]
    public async Task A_tuple_that_two_bolts_receive_waits_for_both_branches()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("1", () => new FeederSpout(feeder));
            topology.SetBolt("2", () => Branching(1)).ShuffleGrouping("1");
            topology.SetBolt("3", () => Branching(1)).ShuffleGrouping("1");
            topology.SetBolt("4", () => Gathering(4)).ShuffleGrouping("2").ShuffleGrouping("3");
        });

        feeder.Feed(1);
        stage.Settle();
        Assert.That(feeder.Acked.Length, Is.Zero);

        feeder.Feed(1);
        stage.Settle();
        Assert.That(feeder.Acked.Length, Is.EqualTo(2));
    }

    [Test]
    public async Task A_tuple_anchored_twice_to_the_same_input_is_one_tuple_of_its_tree()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("1", () => new FeederSpout(feeder));
            topology.SetBolt("2", () => new InlineBolt(["value"], static (tuple, output) =>
                {
                    var held = output.Hold(tuple);
                    output.Emit((HeldTuple[])[held, held], 1);
                    output.Ack(held);
                })).ShuffleGrouping("1");
            topology.SetBolt("3", InlineBolt.Acking).ShuffleGrouping("2");
        });

        feeder.Feed(1);
        stage.Settle();
        Assert.That(feeder.Acked.Length, Is.EqualTo(1));

        for (var i = 0; i < 3; i++) feeder.Feed(1);
        stage.Settle();
        Assert.That(feeder.Acked.Length, Is.EqualTo(4));
    }

    [Test]
    public async Task A_tuple_anchored_to_two_inputs_of_one_tree_is_waited_for_once()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("1", () => new FeederSpout(feeder));
            topology.SetBolt("2", () => Branching(2)).ShuffleGrouping("1");
            topology.SetBolt("3", () => Gathering(2)).ShuffleGrouping("2");
            topology.SetBolt("4", () => Gathering(2)).ShuffleGrouping("3");
        });

        feeder.Feed(1);
        stage.Settle();
        Assert.That(feeder.Acked.Length, Is.Zero, "The last bolt holds a tuple of the tree.");

        feeder.Feed(1);
        stage.Settle();
        Assert.That(feeder.Acked.Length, Is.EqualTo(2));
    }

    [Test]
    public async Task A_tuple_with_several_anchors_passes_all_its_trees_on()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("1", () => new FeederSpout(feeder));
            topology.SetBolt("2", () => Gathering(2)).ShuffleGrouping("1");
            topology.SetBolt("3", () => Branching(3)).ShuffleGrouping("2");
            topology.SetBolt("4", () => Gathering(6)).ShuffleGrouping("3");
            topology.SetBolt("5", InlineBolt.Acking).ShuffleGrouping("4");
        });

        for (var i = 0; i < 3; i++) feeder.Feed(1);
        stage.Settle();
        Assert.That(feeder.Acked.Length, Is.Zero, "Three tuples with two trees each wait for three more.");

        feeder.Feed(1);
        stage.Settle();
        Assert.That(feeder.Acked.Length, Is.EqualTo(4));
    }

    [Test]
    public async Task A_failed_tuple_fails_every_tree_that_it_is_anchored_to()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("1", () => new FeederSpout(feeder));
            topology.SetBolt("2", () => Gathering(3)).ShuffleGrouping("1");
            topology.SetBolt("3", () => new InlineBolt([], static (tuple, output) => output.Fail(tuple, "no"))).ShuffleGrouping("2");
        });

        for (var i = 0; i < 3; i++) feeder.Feed(i);
        stage.Settle();

        Assert.That(feeder.FailedTexts(), Is.EquivalentTo(new[] { "0", "1", "2" }));
        Assert.That(feeder.Reasons(), Is.All.EqualTo(new FailReason(FailKind.Explicit, "3", stage.Plan["3"].FirstTask, "no")));
        Assert.That(feeder.Acked.Length, Is.Zero);
    }

    /// <summary>Emits so many tuples anchored to each input, and acks it.</summary>
    private static InlineBolt Branching(int branches) => new(["value"], (tuple, output) =>
    {
        for (var i = 0; i < branches; i++) output.Emit(tuple, i);
        output.Ack(tuple);
    });

    /// <summary>Holds so many tuples, then emits one that is anchored to all of them, and acks them.</summary>
    private static InlineBolt Gathering(int tuples)
    {
        var held = new List<HeldTuple>();
        return new InlineBolt(["value"], (tuple, output) =>
        {
            held.Add(output.Hold(tuple));
            if (held.Count < tuples) return;
            output.Emit(held.ToArray(), 1);
            foreach (var each in held) output.Ack(each);
            held.Clear();
        });
    }
}
