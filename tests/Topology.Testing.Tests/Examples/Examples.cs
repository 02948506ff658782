namespace Topology.Testing.Tests;

/// <summary>The examples of the doc comments, line by line, as tests.</summary>
public sealed class Examples
{
    [Test]
    public void A_bolt_alone()
    {
        using var split = new BoltTester(new SplitBolt());
        split.Execute("the cow");
        Assert.That(split.Emitted is [[var first], [var second]] && first == "the" && second == "cow");
        Assert.That(split.Acked, Has.Length.EqualTo(1));
    }

    [Test]
    public void A_bolt_at_every_pace()
    {
        BoltTester.Verify(
            () => new SplitBolt(),
            inputs: [["the cow"], ["the moon"]],
            expected: [["the"], ["cow"], ["the"], ["moon"]]);
    }

    [Test]
    public void A_spout_alone()
    {
        var queue = new OrderQueue((7, "ann", 20));
        using var spout = SpoutTester.For(new OrderSpout(queue));
        spout.NextTuple();
        Assert.That(spout.Emitted is [{ MessageId: 7 }]);
        spout.Fail(7, detail: "out of stock");
        Assert.That(queue.Requeued, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_complete_topology()
    {
        var results = CompleteTopology.Run(
            new WordCountTopology(),
            new MockedSources { { "lines", ["the cow"], ["the moon"] } });
        results["split"].ShouldBeInAnyOrder(["the"], ["cow"], ["the"], ["moon"]);
        results["count"].ShouldBeInAnyOrder(["the", 1], ["cow", 1], ["the", 2], ["moon", 1]);
        Assert.That(results.Failed, Is.Empty);
    }

    [Test]
    public void A_simulated_cluster()
    {
        var sentences = new Feeder(["sentence"]);
        using var cluster = new SimulatedCluster(new SimulationOptions { Seed = 7 });
        var run = cluster.Submit(new WordCountTopology(sentences));
        cluster.RunUntilIdle();
        var moon = sentences.Feed("over the moon");
        run.Stall("count", TimeSpan.FromMinutes(1));
        cluster.Advance(TimeSpan.FromSeconds(40));
        Assert.That(moon.Reason?.Kind, Is.EqualTo(FailKind.Timeout));
        sentences.End();
        Assert.That(run.RunToCompletion().IsLossless);
    }

    [Test]
    public void A_fed_topology()
    {
        var words = new Feeder(["word"]);
        var topology = new InlineTopology(topology =>
        {
            topology.SetSpout("words", () => new FeederSpout(words));
            topology.SetBolt("count", () => new CountBolt()).FieldsGrouping("words", "word");
        });
        using var cluster = new SimulatedCluster();
        cluster.Submit(topology);
        var nathan = words.Feed("nathan");
        cluster.RunUntil(() => words.Unanswered == 0);
        Assert.That(nathan.State, Is.EqualTo(FedState.Acked));
    }
}
