using Topology.Engine;

namespace Topology.Testing.Tests;

public sealed class SimulatedClusterTests
{
    [Test]
    public void A_topology_runs_to_its_end_on_the_calling_thread()
    {
        var sentences = Sentences(50);
        using var cluster = new SimulatedCluster();
        var run = cluster.Submit(new WordCountTopology(sentences));
        var result = run.RunToCompletion();
        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(result.IsLossless);
        Assert.That(result.Metrics["count"].Emitted, Is.EqualTo(200));
        Assert.That(sentences.Acked, Has.Length.EqualTo(50));
        Assert.That(run.Result, Is.SameAs(result));
        Assert.That(cluster.Step(), Is.False, "nothing is left to be done");
    }

    [Test]
    public void Every_order_of_turns_gives_the_same_counts()
    {
        for (var seed = 1UL; seed <= 50; seed++)
        {
            var sentences = Sentences(20);
            using var cluster = new SimulatedCluster(new SimulationOptions { Seed = seed, StallChance = 0.05 });
            var result = cluster.Submit(new WordCountTopology(sentences, spouts: 2)).RunToCompletion();
            Assert.That((result.IsLossless, result.Metrics["count"].Emitted, sentences.Acked.Length), Is.EqualTo((true, 80, 20)), $"seed {seed}");
        }
    }

    [Test]
    public void Nothing_happens_before_a_step()
    {
        var prepared = 0;
        var words = new Feeder(["word"]);
        using var cluster = new SimulatedCluster();
        var run = cluster.Submit(Words(words, new InlineBolt((tuple, output) => output.Ack(tuple)) { Prepared = _ => prepared++ }));
        Assert.That((prepared, run.State, cluster.Trace.Turns), Is.EqualTo((0, RunState.Starting, 0)));
        cluster.RunUntilIdle();
        Assert.That((prepared, run.State), Is.EqualTo((1, RunState.Active)));
    }

    [Test]
    public void A_step_gives_one_turn()
    {
        var sentences = Sentences(5);
        using var cluster = new SimulatedCluster();
        cluster.Submit(new WordCountTopology(sentences));
        for (var turns = 1; turns <= 20; turns++)
        {
            Assert.That(cluster.Step());
            Assert.That(cluster.Trace.Turns, Is.EqualTo(turns));
        }
    }

    [Test]
    public void A_run_submitted_inactive_opens_nothing_until_it_is_activated()
    {
        var prepared = 0;
        var words = new Feeder(["word"]);
        using var cluster = new SimulatedCluster();
        var run = cluster.Submit(TopologyPlanner.Plan(Words(words, new InlineBolt((tuple, output) => output.Ack(tuple)) { Prepared = _ => prepared++ })), active: false);
        var fed = words.Feed("nathan");
        cluster.Advance(TimeSpan.FromSeconds(20));
        Assert.That((prepared, run.State, fed.State), Is.EqualTo((0, RunState.Inactive, FedState.Waiting)));
        run.Activate();
        cluster.RunUntilIdle();
        Assert.That((prepared, run.State, fed.State), Is.EqualTo((1, RunState.Active, FedState.Acked)));
        run.Deactivate();
        cluster.RunUntilIdle();
        var later = words.Feed("bob");
        cluster.Advance(TimeSpan.FromSeconds(20));
        Assert.That((run.State, later.State), Is.EqualTo((RunState.Inactive, FedState.Waiting)));
    }

    [Test]
    public void Several_runs_take_turns()
    {
        var first = Sentences(10);
        var second = Sentences(10);
        using var cluster = new SimulatedCluster();
        cluster.Submit(new WordCountTopology(first), "first");
        cluster.Submit(new WordCountTopology(second), "second");
        cluster.RunToCompletion();
        Assert.That((first.Acked.Length, second.Acked.Length), Is.EqualTo((10, 10)));
        Assert.That(cluster.Trace.Newest.Select(t => t.Run).Distinct(), Is.EquivalentTo(new[] { "first", "second" }));
    }

    [Test]
    public void Trees_are_waited_for()
    {
        var words = new Feeder(["word"]);
        using var cluster = new SimulatedCluster();
        var run = cluster.Submit(Words(words, new InlineBolt((tuple, output) => output.Ack(tuple))));
        words.Feed("nathan");
        words.Feed("bob");
        run.WaitForTrees(2);
        Assert.That(words.Acked, Has.Length.EqualTo(2));
        words.Feed("joey");
        run.WaitForTrees(1);
        Assert.That(words.Acked, Has.Length.EqualTo(3));
        run.WaitForTrees(0);
        Assert.That(() => run.WaitForTrees(1, TimeSpan.FromSeconds(10)), Throws.TypeOf<TestFailureException>().With.Message.Contains("seed 1"));
    }

    [Test]
    public void A_condition_that_never_holds_is_given_up()
    {
        var words = new Feeder(["word"]);
        using var cluster = new SimulatedCluster(new SimulationOptions { Seed = 99 });
        cluster.Submit(Words(words, new InlineBolt((tuple, output) => output.Ack(tuple))), "words");
        Assert.That(
            () => cluster.RunUntil(() => words.Acked.Length == 1, TimeSpan.FromSeconds(3)),
            Throws.TypeOf<TestFailureException>().With.Message.Contains("00:00:03").And.Message.Contains("seed 99").And.Message.Contains("words is Active"));
        Assert.That(cluster.Time.Elapsed.TotalSeconds, Is.EqualTo(3).Within(0.1));
    }

    [Test]
    public void A_topology_that_never_rests_is_told_from_one_that_does()
    {
        using var cluster = new SimulatedCluster(new SimulationOptions { TurnTime = TimeSpan.Zero, TurnLimit = 1_000 });
        cluster.Submit(Endless());
        Assert.That(cluster.RunUntilIdle, Throws.TypeOf<TestFailureException>().With.Message.Contains("does not come to rest"));
        Assert.That(() => cluster.Advance(TimeSpan.FromSeconds(1)), Throws.TypeOf<TestFailureException>().With.Message.Contains("TurnTime"));
    }

    [Test]
    public void Time_goes_on_with_the_turns_of_a_topology_that_never_rests()
    {
        using var cluster = new SimulatedCluster(new SimulationOptions { TurnTime = TimeSpan.FromMilliseconds(1) });
        var run = cluster.Submit(Endless());
        cluster.Advance(TimeSpan.FromSeconds(1));
        Assert.That(cluster.Time.Elapsed, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(run.Metrics["sink"].Executed, Is.GreaterThan(100));
        run.RequestStop();
        Assert.That(run.RunToCompletion().State, Is.EqualTo(RunState.Stopped));
    }

    [Test]
    public void What_is_left_is_cleaned_up_at_the_end()
    {
        var calls = new List<string>();
        var words = new Feeder(["word"]);
        SimulatedRun run;
        using (var cluster = new SimulatedCluster())
        {
            run = cluster.Submit(Words(words, new InlineBolt((tuple, output) => output.Hold(tuple)) { CleanedUp = () => calls.Add("cleanup") }));
            words.Feed("nathan");
            cluster.RunUntilIdle();
            run.Stall("bolt", TimeSpan.FromDays(1));
        }

        Assert.That(calls, Is.EqualTo(new[] { "cleanup" }));
        Assert.That(run.State, Is.EqualTo(RunState.Stopped));
    }

    private static InlineTopology Endless() => new(topology =>
    {
        topology.SetSpout("numbers", () => new NumberSpout(int.MaxValue)).MaxSpoutPending(2);
        topology.SetBolt("sink", () => new InlineBolt((tuple, output) => output.Ack(tuple))).ShuffleGrouping("numbers");
    });

    private static InlineTopology Words(Feeder words, InlineBolt bolt) => Simulated.Words(words, bolt);

    private static Feeder Sentences(int count) => Simulated.Sentences(count);
}
