using Topology.Testing;

namespace Topology.Cluster.Tests.Conformance;

/// <summary>Storm's <c>testResetTimeout</c>, with the differences that <see cref="TimeoutTests"/> names.</summary>
[TestFixture(StageKind.OneLoop)]
[TestFixture(StageKind.TwoLoops)]
[TestFixture(StageKind.Simulated)]
public sealed class ResetTimeoutTests(StageKind kind)
{
    private const double T = 10;

    [Test]
    public async Task A_reset_gives_the_tree_another_timeout()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Start(feeder, () =>
        {
            // The first is kept, and its timeout reset by each that follows; the second is never answered for, the fifth acks the first as well.
            HeldTuple first = default;
            var count = 0;
            return new InlineBolt([], (tuple, output) =>
            {
                count++;
                if (count > 1) output.ResetTimeout(first);
                if (count == 1) first = output.Hold(tuple);
                else if (count == 2) output.Hold(tuple);
                else output.Ack(tuple);
                if (count == 5) output.Ack(first);
            });
        });

        Feed("1", "2");
        stage.Advance(9);
        Feed("3");
        Assert.That(feeder.AckedTexts(), Is.EqualTo(new[] { "3" }));
        Assert.That(feeder.FailedTexts(), Is.Empty);

        // In Storm the second fails only now, by 20 s; here it has failed at 10.5 s.
        stage.Advance(9);
        Feed("4");
        Assert.That(feeder.AckedTexts(), Is.EqualTo(new[] { "3", "4" }));
        Assert.That(feeder.FailedTexts(), Is.EqualTo(new[] { "2" }));

        stage.Advance(2);
        Feed("5");
        Assert.That(feeder.AckedTexts(), Is.EquivalentTo(new[] { "3", "4", "5", "1" }));
        Assert.That(feeder.FailedTexts(), Is.EqualTo(new[] { "2" }));

        void Feed(params string[] texts)
        {
            foreach (var text in texts) feeder.Feed(text);
            stage.Settle();
        }
    }

    [Test]
    public async Task A_reset_lasts_for_one_timeout()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Start(feeder, static () =>
        {
            HeldTuple first = default;
            var count = 0;
            return new InlineBolt([], (tuple, output) =>
            {
                if (count++ == 0)
                {
                    first = output.Hold(tuple);
                    return;
                }

                output.ResetTimeout(first);
                output.Ack(tuple);
            });
        });
        feeder.Feed("a");
        stage.Settle();

        stage.Advance(6);
        feeder.Feed("b");
        stage.Settle();
        stage.Advance(T);
        Assert.That(feeder.Failed.Length, Is.Zero);

        stage.Advance(0.1 * T);
        Assert.That(feeder.FailedTexts(), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task A_reset_of_the_tuple_in_hand_counts_for_its_tree()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.Options = topology.Options with { MessageTimeout = TimeSpan.FromSeconds(T) };
            topology.SetSpout("spout", () => new FeederSpout(feeder));
            topology.SetBolt("first", InlineBolt.PassingOnAtTick).ShuffleGrouping("spout").TickEvery(TimeSpan.FromSeconds(6));
            topology.SetBolt("last", static () => new InlineBolt([], static (tuple, output) =>
            {
                output.ResetTimeout(tuple);
                output.Hold(tuple);
            })).ShuffleGrouping("first");
        });
        feeder.Feed("a");
        stage.Settle();

        stage.Advance(6);
        stage.Advance(T);
        Assert.That(feeder.Failed.Length, Is.Zero, "The tree is 16 s old, its reset 10 s.");

        stage.Advance(0.1 * T);
        Assert.That(feeder.Failed.Length, Is.EqualTo(1));
    }

    private Stage Start(Feeder feeder, Func<IBolt> bolt) => Stage.Start(kind, topology =>
    {
        topology.Options = topology.Options with { MessageTimeout = TimeSpan.FromSeconds(T) };
        topology.SetSpout("spout", () => new FeederSpout(feeder));
        topology.SetBolt("bolt", bolt).ShuffleGrouping("spout");
    });
}
