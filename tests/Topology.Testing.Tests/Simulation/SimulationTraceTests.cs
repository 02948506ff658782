namespace Topology.Testing.Tests;

public sealed class SimulationTraceTests
{
    [Test]
    public void The_same_seed_gives_the_same_run_turn_by_turn([Values] bool observesTuples)
    {
        for (var seed = 1UL; seed <= 10; seed++)
        {
            var first = Trace(seed, observesTuples: observesTuples);
            var second = Trace(seed, observesTuples: observesTuples);
            Assert.That(second.Turns, Is.EqualTo(first.Turns).And.GreaterThan(100));
            Assert.That(second.Newest, Is.EqualTo(first.Newest));
            Assert.That(second.Hash, Is.EqualTo(first.Hash));
        }
    }

    [Test]
    public void Each_seed_gives_another_run() =>
        Assert.That(Enumerable.Range(1, 30).Select(seed => Trace((ulong)seed).Hash), Is.Unique);

    [Test]
    public void Each_seed_gives_another_order_of_turns() =>
        Assert.That(Enumerable.Range(1, 30).Select(seed => string.Join(' ', Trace((ulong)seed).Newest.Select(t => t.Executor))), Is.Unique);

    [Test]
    public void What_a_topology_emits_is_in_the_hash_where_tuples_are_observed()
    {
        var (first, again, other) = (Emitting("a", true), Emitting("a", true), Emitting("b", true));
        Assert.That(again, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));
        var (counted, countedOther) = (Emitting("a", false), Emitting("b", false));
        Assert.That(countedOther, Is.EqualTo(counted));

        static ulong Emitting(string word, bool observesTuples)
        {
            var words = new Feeder(["word"]);
            words.Feed(word);
            words.End();
            using var cluster = new SimulatedCluster(new SimulationOptions { ObservesTuples = observesTuples });
            cluster.Submit(Simulated.Words(words, new InlineBolt((tuple, output) => output.Ack(tuple)))).RunToCompletion();
            return cluster.Trace.Hash;
        }
    }

    [Test]
    public void A_turn_tells_whose_it_was_and_what_came_of_it()
    {
        var trace = Trace(1);
        Assert.That(trace.Newest.Select(t => t.Turn), Is.EqualTo(Enumerable.Range(1, (int)trace.Turns)));
        Assert.That(trace.Newest.Select(t => t.Time), Is.Ordered);
        Assert.That(trace.Newest.Where(t => t.Component == "count").Sum(t => t.Executed), Is.EqualTo(trace.Newest.Where(t => t.Component == "split").Sum(t => t.Emitted)));
        Assert.That(trace.Newest.Select(t => t.Component).Distinct(), Is.EquivalentTo(new[] { "lines", "split", "count", "numbers", "flaky", "__acker" }));
        Assert.That(trace.ToString(), Does.Contain("mixed/split#"));
    }

    [Test]
    public void Only_the_newest_turns_are_kept()
    {
        var all = Trace(1);
        var kept = Trace(1, length: 10);
        Assert.That(kept.Newest, Is.EqualTo(all.Newest[^10..]));
        Assert.That(kept.Hash, Is.EqualTo(all.Hash));
        Assert.That(Trace(1, length: 0).Newest, Is.Empty);
    }

    /// <summary>A run in which nearly everything that takes chance does: none grouping, replays, stalls, several spouts.</summary>
    private static SimulationTrace Trace(ulong seed, int length = 1_000_000, bool observesTuples = false)
    {
        var sentences = Simulated.Sentences(20);
        using var cluster = new SimulatedCluster(new SimulationOptions { Seed = seed, StallChance = 0.02, TraceLength = length, ObservesTuples = observesTuples });
        cluster.Submit(new MixedTopology(sentences)).RunToCompletion();
        return cluster.Trace;
    }

    private sealed class MixedTopology(Feeder sentences) : ITopology
    {
        public void Build(TopologyBuilder topology)
        {
            new WordCountTopology(sentences, spouts: 2).Build(topology);
            topology.SetSpout("numbers", () => new NumberSpout(10));
            topology.SetBolt(
                "flaky",
                () =>
                {
                    var executed = 0;
                    return new InlineBolt((tuple, output) =>
                    {
                        if (++executed % 3 == 0) output.Fail(tuple);
                        else output.Ack(tuple);
                    });
                },
                parallelism: 3).NoneGrouping("numbers").PartialKeyGrouping("lines", "sentence").TickEvery(TimeSpan.FromMilliseconds(50));
        }
    }
}
