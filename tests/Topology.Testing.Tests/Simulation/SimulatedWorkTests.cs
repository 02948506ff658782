namespace Topology.Testing.Tests;

public sealed class SimulatedWorkTests
{
    [Test]
    public void Asynchronous_work_that_waits_by_the_clock_is_simulated()
    {
        var first = Run(seed: 3, out var order);
        Assert.That(order, Has.Length.EqualTo(30));
        Assert.That(Run(seed: 3, out var again).Hash, Is.EqualTo(first.Hash));
        Assert.That(again, Is.EqualTo(order));
        Assert.That(Run(seed: 4, out _).Hash, Is.Not.EqualTo(first.Hash));
    }

    [Test]
    public void Work_that_yields_goes_on_in_the_simulation()
    {
        var thread = Environment.CurrentManagedThreadId;
        var threads = new HashSet<int>();
        var words = Words(20);
        using var cluster = new SimulatedCluster();
        cluster.Submit(Topology(words, async (_, _) =>
        {
            await Task.Yield();
            threads.Add(Environment.CurrentManagedThreadId);
        })).RunToCompletion();
        Assert.That(threads, Is.EqualTo(new[] { thread }));
        Assert.That(words.Acked, Has.Length.EqualTo(20));
    }

    [Test]
    public void Work_on_other_threads_is_waited_for_while_time_stands_still()
    {
        var words = Words(20);
        using var cluster = new SimulatedCluster();
        cluster.Submit(Topology(words, (_, cancellation) => Task.Run(() => Thread.SpinWait(1000), cancellation))).RunToCompletion();
        Assert.That((words.Acked.Length, words.Failed.Length), Is.EqualTo((20, 0)));
        Assert.That(cluster.Time.Elapsed, Is.LessThan(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public void Work_that_takes_too_long_in_real_time_fails_the_test()
    {
        using var cluster = new SimulatedCluster(new SimulationOptions { LongestWork = TimeSpan.FromMilliseconds(1) });
        var gate = new TaskCompletionSource();
        cluster.Submit(Topology(Words(1), (_, _) => gate.Task));
        Assert.That(cluster.RunUntilIdle, Throws.TypeOf<TestFailureException>().With.Message.Contains("0.001 s of real time"));
        gate.SetResult();
    }

    [Test]
    public void Work_that_the_test_itself_ends_need_not_be_waited_for()
    {
        var words = Words(20);
        var gate = new TaskCompletionSource();
        using var cluster = new SimulatedCluster(new SimulationOptions { LongestWork = TimeSpan.Zero });
        cluster.Submit(Topology(words, (_, _) => gate.Task));
        cluster.Advance(TimeSpan.FromSeconds(1));
        Assert.That(words.Acked, Is.Empty);
        gate.SetResult();
        cluster.RunToCompletion();
        Assert.That((words.Acked.Length, words.Failed.Length), Is.EqualTo((20, 0)));
    }

    [Test]
    public void Work_that_never_ends_is_forgotten_where_it_is_not_waited_for()
    {
        var words = Words(1);
        using var cluster = new SimulatedCluster(new SimulationOptions { LongestWork = TimeSpan.Zero });
        cluster.Submit(Topology(words, (_, cancellation) => Task.Delay(Timeout.Infinite, cancellation)));
        cluster.Advance(TimeSpan.FromMinutes(1));
        Assert.That(words.Failed.Select(w => w.Reason?.Kind), Is.EqualTo(new FailKind?[] { FailKind.Forgotten }).Or.EqualTo(new FailKind?[] { FailKind.Timeout }));
    }

    [Test]
    public void A_negative_time_for_work_is_refused() =>
        Assert.That(() => new SimulationOptions { LongestWork = Timeout.InfiniteTimeSpan }, Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void Code_that_blocks_on_its_own_work_meets_no_context()
    {
        var contexts = new List<SynchronizationContext?>();
        var words = Words(1);
        using var cluster = new SimulatedCluster();
        cluster.Submit(Simulated.Words(words, new InlineBolt((tuple, output) =>
        {
            contexts.Add(SynchronizationContext.Current);
            output.Ack(tuple);
        }))).RunToCompletion();
        Assert.That(contexts, Is.EqualTo(new SynchronizationContext?[] { SynchronizationContext.Current }));
    }

    private static SimulationTrace Run(ulong seed, out string[] order)
    {
        var words = Words(30);
        using var cluster = new SimulatedCluster(new SimulationOptions { Seed = seed });
        var delay = 0;
        cluster.Submit(Topology(words, async (time, cancellation) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(delay++ % 7), time, cancellation);
            await Task.Yield();
        })).RunToCompletion();
        order = [.. words.Acked.Select(w => w[0].AsString())];
        return cluster.Trace;
    }

    private static Feeder Words(int count)
    {
        var words = new Feeder(["word"]);
        for (var i = 0; i < count; i++) words.Feed($"word {i}");
        words.End();
        return words;
    }

    private static InlineTopology Topology(Feeder words, Func<TimeProvider, CancellationToken, Task> work) => new(topology =>
    {
        topology.SetSpout("words", () => new FeederSpout(words));
        topology.SetBolt("work", () => new DelayingBolt(work), parallelism: 2).ShuffleGrouping("words");
    });
}
