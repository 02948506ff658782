using Topology.Cluster;

namespace Topology.Testing.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FeederTests
{
    private readonly Feeder _words = new(["word"]);

    [Test]
    public void A_fed_tuple_is_acked_when_its_tree_is_complete()
    {
        using var cluster = new SimulatedCluster();
        cluster.Submit(Answering((tuple, output) => output.Ack(tuple)));
        var nathan = _words.Feed("nathan");
        Assert.That((nathan.State, _words.Unanswered), Is.EqualTo((FedState.Waiting, 1)));
        cluster.RunUntilIdle();
        Assert.That((nathan.State, nathan.Reason, _words.Unanswered), Is.EqualTo((FedState.Acked, (FailReason?)null, 0)));
        Assert.That(nathan.Completion.Result, Is.EqualTo(FedState.Acked));
        Assert.That(_words.Acked, Is.EqualTo(new[] { nathan }));
    }

    [Test]
    public void A_tuple_that_fails_tells_why_and_is_not_emitted_again()
    {
        var executed = 0;
        using var cluster = new SimulatedCluster();
        cluster.Submit(Answering((tuple, output) =>
        {
            executed++;
            output.Fail(tuple, "no such key");
        }));
        var nathan = _words.Feed("nathan");
        cluster.Advance(TimeSpan.FromMinutes(10));
        Assert.That(nathan.State, Is.EqualTo(FedState.Failed));
        Assert.That(nathan.Reason!.Value.ToString(), Does.StartWith("failed in answer[").And.EndsWith("]: no such key"));
        Assert.That(_words.Failed, Is.EqualTo(new[] { nathan }));
        Assert.That(executed, Is.EqualTo(1));
    }

    [Test]
    public void It_feeds_several_streams_and_tasks()
    {
        var words = new Feeder(["word"]).AddStream("late", ["word", "by"]);
        var seen = new List<string>();
        using var cluster = new SimulatedCluster();
        cluster.Submit(new InlineTopology(topology =>
        {
            topology.SetSpout("words", () => new FeederSpout(words), parallelism: 3);
            topology.SetBolt("answer", () => new InlineBolt((tuple, output) =>
            {
                seen.Add($"{tuple.Source.Stream} {string.Join(' ', tuple.ToArray())}");
                output.Ack(tuple);
            })).GlobalGrouping("words").GlobalGrouping("words", "late");
        }));
        words.Feed("nathan");
        words.FeedOn("late", "bob", 7);
        words.FeedOn("default", "joey");
        cluster.RunUntil(() => words.Unanswered == 0);
        Assert.That(seen, Is.EquivalentTo(new[] { "default nathan", "late bob 7", "default joey" }));
    }

    [Test]
    public void Values_that_do_not_fit_the_fields_are_refused_at_once()
    {
        Assert.That(() => _words.Feed("nathan", 1), Throws.ArgumentException.With.Message.Contains("[word]"));
        Assert.That(() => _words.FeedOn("late", "nathan"), Throws.ArgumentException.With.Message.Contains("AddStream"));
        Assert.That(_words.Unanswered, Is.Zero);
    }

    [Test]
    public void Nothing_is_fed_after_the_end()
    {
        _words.End();
        Assert.That(() => _words.Feed("nathan"), Throws.InvalidOperationException);
    }

    [Test, CancelAfter(30_000)]
    public async Task Trees_are_waited_for_while_a_cluster_of_threads_runs_them(CancellationToken cancellation)
    {
        await using var cluster = new LocalCluster();
        cluster.Submit(Answering((tuple, output) => output.Ack(tuple)));
        for (var i = 0; i < 100; i++) _words.Feed($"word {i}");
        await _words.WaitForTreesAsync(cancellation);
        Assert.That(_words.Acked, Has.Length.EqualTo(100));

        var more = _words.WaitForTreesAsync(102, cancellation);
        var nathan = _words.Feed("nathan");
        Assert.That(await nathan.Completion, Is.EqualTo(FedState.Acked));
        Assert.That(more.IsCompleted, Is.False);
        _words.Feed("bob");
        await more;
        Assert.That(_words.Unanswered, Is.Zero);
    }

    [Test]
    public void Waiting_for_trees_ends_when_it_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        _words.Feed("nathan");
        var trees = _words.WaitForTreesAsync(cancellation.Token);
        cancellation.Cancel();
        Assert.That(async () => await trees, Throws.InstanceOf<OperationCanceledException>());
    }

    private InlineTopology Answering(InlineBolt.Execution execute) => new(topology =>
    {
        topology.SetSpout("words", () => new FeederSpout(_words));
        topology.SetBolt("answer", () => new InlineBolt(execute)).ShuffleGrouping("words");
    });
}
