using Topology.Engine;

namespace Topology.Testing.Tests;

public sealed class SimulatedClusterTests
{
    [Test]
    public void A_topology_runs_to_its_end_on_the_calling_thread()
    {
        var sentences = Sentences(50);
        sentences.End();
        using var cluster = new SimulatedCluster();
        var run = cluster.Submit(new WordCountTopology(sentences));
        var result = run.RunToCompletion();
        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(result.IsLossless);
        Assert.That(result.Metrics["count"].Emitted, Is.EqualTo(200));
        Assert.That(sentences.Acked, Has.Length.EqualTo(50));
        Assert.That(cluster.Step(), Is.False, "nothing is left to be done");
    }

    [Test]
    public void The_same_seed_gives_the_same_run_turn_by_turn()
    {
        var first = Trace(seed: 11, stalls: 0.02);
        var second = Trace(seed: 11, stalls: 0.02);
        Assert.That(second.Turns, Is.GreaterThan(50));
        Assert.That(second.Newest, Is.EqualTo(first.Newest));
        Assert.That(second.Hash, Is.EqualTo(first.Hash));
    }

    [Test]
    public void Each_seed_gives_another_run()
    {
        var hashes = Enumerable.Range(1, 20).Select(seed => Trace((ulong)seed).Hash).ToArray();
        Assert.That(hashes, Is.Unique);
    }

    [Test]
    public void Time_leaps_to_a_tuple_s_timeout()
    {
        var words = new Feeder(["word"]);
        using var cluster = new SimulatedCluster();
        cluster.Submit(new InlineTopology(topology =>
        {
            topology.SetSpout("words", () => new FeederSpout(words));
            topology.SetBolt("hold", () => new InlineBolt((tuple, output) => output.Hold(tuple))).ShuffleGrouping("words");
        }));
        var fed = words.Feed("nathan");
        cluster.Advance(TimeSpan.FromSeconds(29));
        Assert.That(fed.State, Is.EqualTo(FedState.Pending));
        cluster.Advance(TimeSpan.FromSeconds(5));
        Assert.That(fed.State, Is.EqualTo(FedState.Failed));
        Assert.That(fed.Reason!.Value.Kind, Is.EqualTo(FailKind.Timeout).Or.EqualTo(FailKind.Forgotten));
        Assert.That(cluster.Time.Elapsed.TotalSeconds, Is.EqualTo(34).Within(1));
    }

    private static SimulationTrace Trace(ulong seed, double stalls = 0)
    {
        var sentences = Sentences(20);
        sentences.End();
        using var cluster = new SimulatedCluster(new SimulationOptions { Seed = seed, StallChance = stalls });
        cluster.Submit(new WordCountTopology(sentences, spouts: 2)).RunToCompletion();
        return cluster.Trace;
    }

    private static Feeder Sentences(int count)
    {
        var sentences = new Feeder(["sentence"]);
        for (var i = 0; i < count; i++) sentences.Feed($"the cow number {i}");
        return sentences;
    }
}
