using Topology.Testing;

namespace Topology.Cluster.Tests.Conformance;

/// <summary>What counts as an answer for a tuple, and what no answer is needed for.</summary>
[TestFixture(StageKind.OneLoop)]
[TestFixture(StageKind.TwoLoops)]
[TestFixture(StageKind.Simulated)]
public sealed class AnswerTests(StageKind kind)
{
    [Test]
    public async Task A_tuple_emitted_without_an_anchor_is_in_no_tree()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("1", () => new FeederSpout(feeder));
            topology.SetBolt("2", () => new InlineBolt(["value"], static (tuple, output) =>
                {
                    output.Emit(Anchor.None, 1);
                    output.Ack(tuple);
                })).ShuffleGrouping("1");
            topology.SetBolt("3", () => new InlineBolt([], static (tuple, output) => output.Fail(tuple))).ShuffleGrouping("2");
        });

        feeder.Feed(1);
        stage.Settle();

        Assert.That(feeder.Acked.Length, Is.EqualTo(1));
        Assert.That(feeder.Failed.Length, Is.Zero);
        Assert.That(stage.Metrics["3"].Failed, Is.EqualTo(1));
    }

    [Test]
    public async Task A_tuple_that_nobody_receives_is_acked()
    {
        var (heard, unheard) = (new Feeder(["value"]), new Feeder(["value"]));
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("heard", () => new FeederSpout(heard));
            topology.SetSpout("unheard", () => new FeederSpout(unheard));
            topology.SetBolt("bolt", InlineBolt.Acking).ShuffleGrouping("heard");
        });

        unheard.Feed(1);
        stage.Settle();

        Assert.That(unheard.Acked.Length, Is.EqualTo(1));
    }

    /// <summary>
    /// In Storm a second ack takes the first back, and the tree times out. Here it is caught, and the tree is none the worse.
    /// </summary>
    [Test]
    public async Task A_second_answer_is_caught_and_changes_nothing()
    {
        var feeder = new Feeder(["value"]);
        var caught = 0;
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("1", () => new FeederSpout(feeder));
            topology.SetBolt("2", () => new InlineBolt([], (tuple, output) =>
                {
                    output.Ack(tuple);
                    try
                    {
                        output.Ack(tuple);
                    }
                    catch (AnswerException)
                    {
                        caught++;
                    }

                    try
                    {
                        output.Fail(tuple);
                    }
                    catch (AnswerException)
                    {
                        caught++;
                    }
                })).ShuffleGrouping("1");
        });

        feeder.Feed(1);
        stage.Settle();

        Assert.That(caught, Is.EqualTo(2));
        Assert.That(feeder.Acked.Length, Is.EqualTo(1));
        Assert.That(feeder.Failed.Length, Is.Zero);
    }

    /// <summary>
    /// In Storm such a tuple holds its tree open until the timeout. Here it can never be answered for once <c>Execute</c> has returned, and fails at once.
    /// </summary>
    [Test]
    public async Task A_tuple_that_is_neither_answered_for_nor_held_fails_at_once()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("1", () => new FeederSpout(feeder));
            topology.SetBolt("2", () => new InlineBolt([], static (_, _) => { })).ShuffleGrouping("1");
        });

        feeder.Feed(1);
        stage.Settle();

        Assert.That(feeder.Reasons().Select(r => (r.Kind, r.Component)), Is.EqualTo(new[] { (FailKind.Forgotten, "2") }));
        Assert.That(stage.Errors.Single().Error, Is.InstanceOf<AnswerException>());
    }
}
