namespace Topology.Engine.Tests;

public sealed class AckerExecutorTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly List<(long Tree, FailReason? Failed, TimeSpan At)> _ended = [];
    private int _emitted;
    private int _toEmit;

    [SetUp]
    public void SetUp()
    {
        _ended.Clear();
        _emitted = _toEmit = 0;
    }

    [Test]
    public void A_tree_times_out_after_T_and_by_1_1_T([Values(0, 13, 49, 250)] int milliseconds)
    {
        var simulation = Start(1);
        RunWithoutBolt(simulation, TimeSpan.FromMilliseconds(milliseconds));
        var emittedAt = Emit(simulation, 1);
        RunWithoutBolt(simulation, 2 * Timeout);
        Assert.That(_ended.Select(e => (e.Tree, e.Failed)), Is.EqualTo(new[] { (0L, (FailReason?)new FailReason(FailKind.Timeout)) }));
        Assert.That(_ended[0].At - emittedAt, Is.GreaterThan(Timeout).And.LessThanOrEqualTo(1.1 * Timeout));
    }

    [Test]
    public void A_leap_of_time_of_any_length_fails_what_is_overdue_by_then([Values(1.06, 6.4, 12.8, 12.9, 13.8, 14, 25.7, 1_000)] double timeouts)
    {
        var simulation = Start(1);
        Emit(simulation, 1);
        simulation.Time.Advance(timeouts * Timeout);
        RunWithoutBolt(simulation, TimeSpan.FromMilliseconds(10));
        Assert.That(_ended, Has.Count.EqualTo(1));
    }

    /// <summary>An entry's stamp is the same again after 256 steps, 12.8 timeouts.</summary>
    [Test]
    public void Leaps_of_time_between_the_turns_of_one_sweep_hide_nothing_that_is_overdue([Values(2.7, 2.8, 3.2, 3.6)] double last)
    {
        const int Trees = 15_000;
        var simulation = Start(3, Trees);
        Emit(simulation, Trees);
        foreach (var timeouts in (double[])[5, 5, last])
        {
            simulation.Time.Advance(timeouts * Timeout);
            simulation.Worker.Ackers[0].Home.RunOnce();
        }

        RunWithoutBolt(simulation, TimeSpan.Zero);
        Assert.That(_ended, Has.Count.EqualTo(Trees));
    }

    [Test]
    public void An_ack_that_came_before_a_leap_of_time_completes_its_tree_after_it()
    {
        var simulation = Start(1);
        Emit(simulation, 1);
        simulation.Worker.Bolts[0].Home.RunOnce();
        simulation.Time.Advance(13 * Timeout);
        RunWithoutBolt(simulation, TimeSpan.Zero);
        Assert.That(_ended.Select(e => e.Failed), Is.EqualTo(new FailReason?[] { null }));
    }

    [Test]
    public void A_leap_of_time_fails_nothing_that_begins_after_it([Values(13, 14, 1_000)] int timeouts)
    {
        var simulation = Start(1);
        simulation.Time.Advance(timeouts * Timeout);
        Emit(simulation, 1);
        RunWithoutBolt(simulation, Timeout);
        Assert.That(_ended, Is.Empty);
        RunWithoutBolt(simulation, 0.1 * Timeout);
        Assert.That(_ended, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_large_table_of_overdue_trees_is_worked_off_in_pieces_and_all_of_them_fail_in_time()
    {
        const int Trees = 15_000;
        var simulation = Start(3, Trees);
        Emit(simulation, Trees);
        RunWithoutBolt(simulation, Timeout);
        Assert.That(_ended, Is.Empty);
        RunWithoutBolt(simulation, 0.1 * Timeout);
        Assert.That(_ended, Has.Count.EqualTo(Trees));
        Assert.That(_ended.Select(e => e.Tree), Is.Unique);
    }

    [Test]
    public void What_bolts_say_of_a_tree_that_timed_out_is_counted_and_dropped()
    {
        var simulation = Start(1);
        Emit(simulation, 5);
        RunWithoutBolt(simulation, 1.1 * Timeout);
        simulation.Settle();
        Assert.That(_ended, Has.Count.EqualTo(5));
        Assert.That(_ended.Select(e => e.Failed?.Kind), Is.All.EqualTo(FailKind.Timeout));
        Assert.That(simulation.Worker.Ackers[0].Late, Is.EqualTo(5));
    }

    [Test]
    public void Without_a_timeout_trees_wait_for_ever()
    {
        var simulation = Start(1, timeout: System.Threading.Timeout.InfiniteTimeSpan);
        Emit(simulation, 1);
        simulation.Time.Advance(TimeSpan.FromDays(1_000));
        RunWithoutBolt(simulation, Timeout);
        Assert.That(_ended, Is.Empty);
        simulation.Settle();
        Assert.That(_ended.Select(e => e.Failed), Is.EqualTo(new FailReason?[] { null }));
    }

    private Simulation Start(int tasks, int maxPending = 16, TimeSpan? timeout = null)
    {
        Simulation simulation = null!;
        simulation = new Simulation(topology =>
        {
            topology.Options = topology.Options with { EventLoops = 3, MessageTimeout = timeout ?? Timeout, MaxSpoutPending = maxPending, ChannelCapacity = 1 << 20 };
            topology.SetSpout("spout", () => new InlineSpout(output =>
            {
                for (; _toEmit > 0 && output.Remaining > 0; _toEmit--) output.Emit(_emitted, _emitted++);
            })
            {
                Acked = tree => _ended.Add((tree, null, simulation.Time.Elapsed)),
                Failed = (tree, reason) => _ended.Add((tree, reason, simulation.Time.Elapsed)),
            }).SetTasks(tasks);
            topology.SetBolt("bolt", () => new InlineBolt((tuple, output) => output.Ack(tuple))).ShuffleGrouping("spout");
        });
        return simulation.Start();
    }

    /// <summary>Has trees emitted whose tuples the bolt does not get to see. Returns when.</summary>
    private TimeSpan Emit(Simulation simulation, int trees)
    {
        _toEmit = trees;
        // An idle spout is asked again within 10 ms.
        RunWithoutBolt(simulation, TimeSpan.FromMilliseconds(10));
        Assert.That(_toEmit, Is.Zero);
        return simulation.Time.Elapsed;
    }

    /// <summary>Lets time go on while the bolt's loop is stuck.</summary>
    private static void RunWithoutBolt(Simulation simulation, TimeSpan time)
    {
        var loops = simulation.Worker.Loops.Remove(simulation.Worker.Bolts[0].Home);
        Assert.That(loops, Has.Length.EqualTo(2));
        for (var left = time; ; left -= TimeSpan.FromMilliseconds(10))
        {
            for (var progress = true; progress;)
            {
                progress = false;
                foreach (var loop in loops) progress |= loop.RunOnce() == LoopProgress.Some || loop.HasWork;
            }

            if (left <= TimeSpan.Zero) return;
            simulation.Time.Advance(left < TimeSpan.FromMilliseconds(10) ? left : TimeSpan.FromMilliseconds(10));
        }
    }
}
