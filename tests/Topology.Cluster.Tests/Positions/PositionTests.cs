using Topology.Engine;
using Topology.Testing;

namespace Topology.Cluster.Tests;

/// <summary>When positions are written, on manual time.</summary>
public sealed class PositionTests
{
    private const int Count = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly List<HeldTuple> _held = [];
    private BoltOutput _output = null!;
    private BoltContext _context = null!;

    [SetUp]
    public void Forget() => _held.Clear();

    [Test]
    public void The_newest_position_is_written_once_per_interval_and_only_where_it_has_changed()
    {
        var store = new TestPositionStore();
        using var cluster = Cluster(store);
        var run = Submit(cluster, new PlaceSpout(Count));
        cluster.RunUntil(() => _held.Count == Count);
        cluster.Advance(2 * Interval);
        Assert.That(store.Numbers, Is.EqualTo(new[] { 0 }), "the first record is open");

        foreach (var number in new[] { 2, 0, 1 }) Ack(number);
        cluster.Advance(Interval / 2);
        Assert.That(store.Numbers, Is.EqualTo(new[] { 0 }), "before the interval is over");
        cluster.Advance(Interval);
        Assert.That(store.Numbers, Is.EqualTo(new[] { 0, 3 }));
        cluster.Advance(10 * Interval);
        Assert.That(store.Numbers, Is.EqualTo(new[] { 0, 3 }));
    }

    [Test]
    public void A_run_that_has_drained_has_written_its_end()
    {
        var store = new TestPositionStore();
        using var cluster = Cluster(store);
        var result = Submit(cluster, new PlaceSpout(Count), holds: false).RunToCompletion();
        Assert.That((result.State, result.IsLossless, result.Errors.Length), Is.EqualTo((RunState.Completed, true, 0)));
        Assert.That(store.Stored!.Value.Position.Number, Is.EqualTo(Count));
    }

    [Test]
    public void A_run_that_is_stopped_has_written_what_was_acked()
    {
        var store = new TestPositionStore();
        using var cluster = Cluster(store);
        var run = Submit(cluster, new PlaceSpout(Count));
        cluster.RunUntil(() => _held.Count == Count);
        for (var number = 0; number < Count; number++) if (number != 40) Ack(number);
        run.RequestStop(TimeSpan.FromMilliseconds(900));
        cluster.Advance(TimeSpan.FromMilliseconds(500));
        Assert.That(store.Numbers, Is.Empty, "one tree is on its way");
        Fail(40);
        run.RunToCompletion();
        Assert.That(store.Stored!.Value.Position.Number, Is.EqualTo(40), "it waited for its retry when the run ended");
    }

    [Test]
    public void The_end_waits_for_a_write_that_is_under_way_and_writes_the_newest_after_it()
    {
        var store = new TestPositionStore();
        using var cluster = Cluster(store);
        var slow = new TaskCompletionSource();
        store.Before = before => before == 0 ? slow.Task : Task.CompletedTask;
        var run = Submit(cluster, new PlaceSpout(Count));
        cluster.RunUntil(() => store.Numbers.Length == 1);
        cluster.RunUntil(() => _held.Count == Count);
        for (var number = 0; number < Count; number++) Ack(number);
        cluster.Advance(2.2 * Interval);
        Assert.That(run.State, Is.EqualTo(RunState.Draining));
        Assert.That(store.Numbers, Is.EqualTo(new[] { 0 }), "one write at a time");

        var before = cluster.Time.Elapsed;
        slow.SetResult();
        run.RunToCompletion();
        Assert.That(store.Numbers, Is.EqualTo(new[] { 0, Count }));
        Assert.That(cluster.Time.Elapsed - before, Is.LessThan(Interval / 2), "it does not wait for the next interval");
    }

    [Test]
    public void A_store_that_fails_is_reported_and_tried_again_and_nothing_is_lost()
    {
        var store = new TestPositionStore { Before = before => before < 3 ? throw new IOException("no space left") : Task.CompletedTask };
        using var cluster = Cluster(store);
        var result = Submit(cluster, new PlaceSpout(Count), holds: false).RunToCompletion();
        Assert.That((result.State, result.IsLossless), Is.EqualTo((RunState.Completed, true)));
        Assert.That(result.Errors.Select(e => e.ToString()), Is.EqualTo(Enumerable.Repeat("numbers[1] Position: IOException: no space left", 3)));
        Assert.That(store.Stored!.Value.Position.Number, Is.EqualTo(Count));
    }

    [Test]
    public void A_store_that_fails_for_good_ends_the_wait_after_five_seconds_and_the_bolts_finish()
    {
        var store = new TestPositionStore { Before = _ => Task.FromException(new IOException("no space left")) };
        using var cluster = Cluster(store);
        var finished = 0;
        var result = Submit(cluster, new PlaceSpout(Count), holds: false, onFinish: () => finished++).RunToCompletion();
        Assert.That((result.State, result.IsLossless, finished), Is.EqualTo((RunState.Completed, true, 1)));
        Assert.That(cluster.Time.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(5)).Within(TimeSpan.FromSeconds(1)));
        Assert.That(result.Metrics["numbers"].Errors, Is.GreaterThan(3));
        Assert.That(store.Stored, Is.Null);
    }

    [Test]
    public void A_store_that_never_answers_ends_the_wait_after_five_seconds_with_a_report()
    {
        var store = new TestPositionStore { Before = _ => new TaskCompletionSource().Task };
        using var cluster = Cluster(store);
        var result = Submit(cluster, new PlaceSpout(Count), holds: false).RunToCompletion();
        Assert.That((result.State, result.IsLossless), Is.EqualTo((RunState.Completed, true)));
        Assert.That(result.Errors.Single().ToString(), Does.StartWith("numbers[1] Position: TimeoutException: Position 100 was not written"));
        Assert.That(cluster.Time.Elapsed, Is.EqualTo(TimeSpan.FromSeconds(5)).Within(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public void A_later_run_goes_on_where_one_before_it_ended_and_the_older_incarnation_is_refused()
    {
        var store = new TestPositionStore();
        using var old = Cluster(store);
        var oldRun = Submit(old, new PlaceSpout(Count));
        old.RunUntil(() => _held.Count == Count);
        Ack(0);
        old.Advance(2 * Interval);
        var (oldOutput, oldContext) = (_output, _context);
        HeldTuple[] oldHeld = [.. _held];

        using var cluster = Cluster(store);
        _held.Clear();
        var spout = new PlaceSpout(Count);
        var run = Submit(cluster, spout);
        cluster.RunUntil(() => _held.Count == Count - 1);
        Assert.That(spout.Start, Is.EqualTo(1));
        _held.Insert(0, default);
        foreach (var number in new[] { 1, 2 }) Ack(number);
        cluster.Advance(2 * Interval);
        Assert.That((store.Stored!.Value.Incarnation, store.Stored.Value.Position.Number), Is.EqualTo((2, 3)));

        var writes = store.Numbers.Length;
        foreach (var acked in new[] { 1..50, 50..60 })
        {
            foreach (var tuple in oldHeld[acked]) oldContext.Post(() => oldOutput.Ack(tuple));
            old.Advance(5 * Interval);
        }

        Assert.That(store.Numbers[writes..], Is.EqualTo(new[] { 50 }), "it tried once and no more");
        Assert.That((store.Stored.Value.Incarnation, store.Stored.Value.Position.Number), Is.EqualTo((2, 3)));
        Assert.That(oldRun.Errors.Single().ToString(), Does.Contain("Incarnation 1 of the task was replaced by a newer one"));
    }

    [Test]
    public void A_position_that_somebody_else_moved_on_stays_and_that_is_reported()
    {
        var store = new TestPositionStore();
        using var cluster = Cluster(store);
        var run = Submit(cluster, new PlaceSpout(Count));
        cluster.RunUntil(() => _held.Count == Count);
        store.CommitAsync(TestPositionStore.Key, 1, new SpoutPosition(1_000)).GetAwaiter().GetResult();
        Ack(0);
        cluster.Advance(2 * Interval);
        Assert.That(store.Stored!.Value.Position.Number, Is.EqualTo(1_000));
        Assert.That(run.Errors.Single().ToString(), Does.Contain("Position 1 is before the one that is stored"));
    }

    [Test]
    public void A_position_that_is_too_long_or_goes_back_is_refused_with_what_is_wrong()
    {
        DurablePosition kept = null!;
        var spout = new FaultySpout(_ => { }, "number") { OnOpen = context => kept = context.Position };
        using var cluster = Cluster(new TestPositionStore());
        Submit(cluster, spout);
        cluster.RunUntil(() => kept is not null);
        Assert.That(kept.TryGet(out _), Is.False);

        kept.Commit(new SpoutPosition(5, new byte[SpoutPosition.MaxPayloadBytes]));
        Assert.That(() => kept.Commit(new SpoutPosition(6, new byte[SpoutPosition.MaxPayloadBytes + 1])), Throws.ArgumentException.With.Message.Contains("8,193 bytes"));
        Assert.That(() => kept.Commit(new SpoutPosition(4)), Throws.ArgumentException.With.Message.Contains("never moves backwards"));
        kept.Commit(new SpoutPosition(5));
        Assert.That(kept.TryGet(out var newest));
        Assert.That((newest.Number, newest.Payload.Length), Is.EqualTo((5, SpoutPosition.MaxPayloadBytes)));
    }

    [Test]
    public void A_fresh_instance_after_an_error_goes_on_at_its_position_and_nothing_counts_as_lost()
    {
        var instances = new List<PlaceSpout>();
        var executed = new HashSet<long>();
        using var cluster = Cluster(new TestPositionStore());
        var run = cluster.Submit(new InlineTopology(topology =>
        {
            topology.SetSpout("numbers", () => Instance(instances)).OnError(ErrorPolicy.RestartTask);
            topology.SetBolt("sink", () => new FaultyBasicBolt((tuple, _) => executed.Add(tuple[0].AsInt64()))).ShuffleGrouping("numbers");
        }), "test");
        var made = instances.Count;
        cluster.RunUntil(() => instances.Count > made && instances[^1].Start == 0);
        instances[^1].OnRead = number =>
        {
            if (number == 60) throw new IOException("the source hangs up");
        };
        var result = run.RunToCompletion();

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(result.Metrics.Lost, Is.Zero);
        Assert.That(executed, Has.Count.EqualTo(Count));
        Assert.That(result.Errors.Single().ToString(), Does.Contain("the source hangs up"));
    }

    [Test]
    public async Task A_write_that_blocks_does_not_hold_the_spout()
    {
        using var gate = new ManualResetEventSlim();
        var store = new TestPositionStore
        {
            Before = _ =>
            {
                gate.Await();
                return Task.CompletedTask;
            },
        };
        await using var cluster = new TestCluster(new LocalClusterOptions { Positions = store });
        var run = cluster.Submit(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 1, PositionInterval = TimeSpan.FromMilliseconds(1), BlockedAfter = Timeout.InfiniteTimeSpan };
            topology.SetSpout("numbers", () => new PlaceSpout(long.MaxValue));
            topology.SetBolt("sink", () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("numbers");
        });
        await run.UntilAsync(() => store.Numbers.Length == 1, "the first write");
        var acked = run.Metrics["numbers"].Acked;
        await run.UntilAsync(() => run.Metrics["numbers"].Acked >= acked + 100_000, "the spout to go on");
        Assert.That(store.Numbers, Has.Length.EqualTo(1));
        gate.Set();
        await run.StopAsync();
        Assert.That(store.Stored!.Value.Position.Number, Is.EqualTo(run.Metrics["numbers"].Acked));
    }

    [Test]
    public async Task Runs_without_a_store_start_at_the_beginning_each()
    {
        await using var cluster = new TestCluster();
        for (var i = 0; i < 2; i++)
        {
            var run = cluster.Submit(topology =>
            {
                topology.SetSpout("numbers", () => new PlaceSpout(Count));
                topology.SetBolt("sink", () => new FaultyBasicBolt((_, _) => { })).ShuffleGrouping("numbers");
            });
            Assert.That((await run.EndAsync()).Metrics["sink"].Executed, Is.EqualTo(Count));
        }
    }

    private static PlaceSpout Instance(List<PlaceSpout> instances)
    {
        instances.Add(new PlaceSpout(Count));
        return instances[^1];
    }

    private static SimulatedCluster Cluster(IPositionStore store) => new(new SimulationOptions { Positions = store });

    /// <summary>The spout and one bolt, which acks at once or holds all it gets for the test to answer, in the order of the numbers.</summary>
    private SimulatedRun Submit(SimulatedCluster cluster, SpoutBase spout, bool holds = true, Action? onFinish = null)
    {
        var made = 0;
        return cluster.Submit(new InlineTopology(topology =>
        {
            topology.Options = topology.Options with { MessageTimeout = Timeout.InfiniteTimeSpan };
            // Build asks for instances to look at; the run gets the test's own.
            topology.SetSpout("numbers", () => Interlocked.Increment(ref made) > 2 ? spout : Like(spout));
            topology.SetBolt("sink", () => new FaultyBolt(
                (tuple, output) =>
                {
                    _output = output;
                    if (holds) _held.Add(output.Hold(tuple));
                    else output.Ack(tuple);
                })
            { OnPrepare = context => _context = context, OnFinish = _ => onFinish?.Invoke() }).ShuffleGrouping("numbers");
        }), "test");
    }

    private static SpoutBase Like(SpoutBase spout) => spout is PlaceSpout ? new PlaceSpout(Count) : new FaultySpout(_ => { }, "number");

    private void Ack(int number) => _context.Post(() => _output.Ack(_held[number]));

    private void Fail(int number) => _context.Post(() => _output.Fail(_held[number]));
}
