using Topology.Engine;

namespace Topology.Testing.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SimulatedTimeTests : IDisposable
{
    private readonly SimulatedCluster _cluster = new();
    private readonly Feeder _words = new(["word"]);

    public void Dispose() => _cluster.Dispose();

    [Test]
    public void A_tree_fails_after_the_timeout_and_not_before()
    {
        var held = new List<HeldTuple>();
        Submit((tuple, output) => held.Add(output.Hold(tuple)));
        var fed = _words.Feed("nathan");
        _cluster.Advance(TimeSpan.FromSeconds(30));
        Assert.That(fed.State, Is.EqualTo(FedState.Pending));
        _cluster.Advance(TimeSpan.FromSeconds(3.1));
        Assert.That(fed.State, Is.EqualTo(FedState.Failed));
        Assert.That(_cluster.Time.Elapsed.TotalSeconds, Is.EqualTo(33.1).Within(0.1));
    }

    [Test]
    public void Ticks_come_at_their_interval()
    {
        var ticks = new List<double>();
        _cluster.Submit(new InlineTopology(topology =>
        {
            topology.SetSpout("words", () => new FeederSpout(_words));
            topology.SetBolt("bolt", () => new InlineBolt((tuple, output) =>
            {
                if (tuple.IsTick) ticks.Add(Math.Round(_cluster.Time.Elapsed.TotalSeconds, 2));
            })).ShuffleGrouping("words").TickEvery(TimeSpan.FromSeconds(30));
        }));
        _cluster.Advance(TimeSpan.FromSeconds(100));
        Assert.That(ticks, Is.EqualTo(new[] { 30.0, 60.0, 90.0 }));
    }

    [Test]
    public void A_failed_record_returns_after_its_delay()
    {
        var seen = new List<double>();
        _cluster.Submit(new InlineTopology(topology =>
        {
            topology.SetSpout("numbers", () => new NumberSpout(1, new ReplayPolicy { InitialDelay = TimeSpan.FromSeconds(10), MaxAttempts = 3 }));
            topology.SetBolt("bolt", () => new InlineBolt((tuple, output) =>
            {
                seen.Add(_cluster.Time.Elapsed.TotalSeconds);
                if (seen.Count < 3) output.Fail(tuple);
                else output.Ack(tuple);
            })).ShuffleGrouping("numbers");
        })).RunToCompletion();
        Assert.That(seen, Has.Count.EqualTo(3));
        Assert.That(seen[1] - seen[0], Is.EqualTo(10).Within(2.1));
        Assert.That(seen[2] - seen[1], Is.EqualTo(20).Within(4.1));
    }

    [Test]
    public void The_clock_of_components_is_the_simulation_s()
    {
        TimeProvider? time = null;
        _cluster.Submit(Simulated.Words(_words, new InlineBolt((tuple, output) => output.Ack(tuple)) { Prepared = context => time = context.Time }));
        _cluster.RunUntilIdle();
        Assert.That(time, Is.SameAs(_cluster.Time));
    }

    [Test]
    public void A_stop_gives_up_when_its_time_to_drain_is_over()
    {
        var run = _cluster.Submit(
            Simulated.Words(_words, new InlineBolt((tuple, output) => output.Hold(tuple))), settings: new Dictionary<string, string> { ["topology.message-timeout"] = "none" });
        _words.Feed("nathan");
        _cluster.RunUntilIdle();
        run.RequestStop(TimeSpan.FromSeconds(20));
        var before = _cluster.Time.Elapsed;
        var result = run.RunToCompletion();
        Assert.That((result.State, result.IsLossless, result.Dropped > 0), Is.EqualTo((RunState.Stopped, false, true)));
        Assert.That((_cluster.Time.Elapsed - before).TotalSeconds, Is.EqualTo(20).Within(0.1));
    }

    [Test]
    public void A_stalled_executor_gets_no_turns_for_its_time()
    {
        var run = Submit((tuple, output) => output.Ack(tuple));
        _cluster.RunUntilIdle();
        run.Stall("bolt", TimeSpan.FromSeconds(5));
        var fed = _words.Feed("nathan");
        _cluster.Advance(TimeSpan.FromSeconds(4.9));
        Assert.That(fed.State, Is.EqualTo(FedState.Pending));
        _cluster.Advance(TimeSpan.FromSeconds(0.2));
        Assert.That(fed.State, Is.EqualTo(FedState.Acked));
    }

    [Test]
    public void A_stall_may_be_of_one_executor_alone()
    {
        var tasks = new List<int>();
        var run = _cluster.Submit(new InlineTopology(topology =>
        {
            topology.SetSpout("words", () => new FeederSpout(_words));
            topology.SetBolt(
                "bolt",
                () =>
                {
                    var task = 0;
                    return new InlineBolt((tuple, output) =>
                    {
                        tasks.Add(task);
                        output.Ack(tuple);
                    })
                    {
                        Prepared = context => task = context.TaskIndex,
                    };
                },
                parallelism: 2).ShuffleGrouping("words");
        }));
        _cluster.RunUntilIdle();
        run.Stall("bolt", TimeSpan.FromSeconds(5), executor: 1);
        for (var i = 0; i < 10; i++) _words.Feed("nathan");
        _cluster.RunUntilIdle();
        Assert.That(tasks, Is.EqualTo(Enumerable.Repeat(0, 5)));
        _cluster.Advance(TimeSpan.FromSeconds(6));
        Assert.That(tasks.Count(t => t == 1), Is.EqualTo(5));
    }

    [Test]
    public void A_stall_may_last_longer_than_a_tree_s_timeout()
    {
        var run = Submit((tuple, output) => output.Ack(tuple));
        _cluster.RunUntilIdle();
        run.Stall("bolt", TimeSpan.FromMinutes(1));
        var fed = _words.Feed("nathan");
        _cluster.Advance(TimeSpan.FromSeconds(50));
        Assert.That(fed.Reason!.Value.Kind, Is.EqualTo(FailKind.Timeout));
        _cluster.Advance(TimeSpan.FromSeconds(20));
        Assert.That(run.Metrics.LateAckMessages, Is.EqualTo(1));
    }

    private SimulatedRun Submit(InlineBolt.Execution execute) => _cluster.Submit(Simulated.Words(_words, new InlineBolt(execute)));
}
