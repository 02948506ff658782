namespace Topology.Engine.Tests;

public sealed class RunCoordinatorTests
{
    [Test]
    public void A_stop_waits_for_the_trees_of_a_spout_that_was_emitting_when_it_came()
    {
        var calls = new List<string>();
        Simulation? run = null;
        run = new Simulation(
            topology =>
            {
                topology.Options = topology.Options with { EventLoops = 3 };
                topology.SetSpout("spout", () => new LoggingSpout(calls)
                {
                    // The stop comes, and the coordinator looks several times, while the spout is still inside its call.
                    BeforeEmit = () =>
                    {
                        run!.Coordinator.RequestStop(TimeSpan.FromMinutes(1));
                        for (var i = 0; i < 5; i++) run.Coordinator.Step();
                    },
                });
                topology.SetBolt("bolt", () => new LoggingBolt("bolt", calls)).ShuffleGrouping("spout");
            });
        var acker = LoopOf(run, "__acker");
        var others = run.Worker.Loops.Where(loop => loop != acker).ToArray();
        run.Coordinator.SetActive(true);
        RunTo(run, RunPhase.Running);

        // The row is worked off, but its ack stays with the acker for a long time.
        for (var i = 0; i < 20; i++)
        {
            RunLoops(others);
            run.Coordinator.Step();
        }

        RunTo(run, RunPhase.Ended);

        Assert.That(calls, Is.EqualTo(new[] { "bolt prepare", "spout open", "spout emit", "bolt execute", "spout ack", "bolt finish", "spout close", "bolt cleanup" }).AsCollection
            .Or.EqualTo(new[] { "bolt prepare", "spout open", "spout emit", "bolt execute", "spout ack", "bolt finish", "bolt cleanup", "spout close" }).AsCollection);
        Assert.That(run.Coordinator.Completion.Result.State, Is.EqualTo(RunState.Stopped));
    }

    [Test]
    public void Everything_is_cleaned_up_before_a_run_ends_that_fails_while_it_is_prepared()
    {
        var calls = new List<string>();
        var run = new Simulation(
            topology =>
            {
                topology.Options = topology.Options with { EventLoops = 8 };
                topology.SetSpout("spout", () => new LoggingSpout(calls));
                for (var i = 0; i < 6; i++) topology.SetBolt($"bolt{i}", () => new LoggingBolt("bolt", calls)).ShuffleGrouping("spout");
                topology.SetBolt("bolt7", () => new LoggingBolt("bolt", calls) { PrepareError = new InvalidOperationException("no") }).ShuffleGrouping("spout");
            });
        run.Coordinator.SetActive(true);

        // Some have been prepared when the failure is seen, and some have not.
        run.Coordinator.Step();
        RunLoops(LoopOf(run, "bolt7"), LoopOf(run, "bolt0"));
        run.Coordinator.Step();
        foreach (var loop in run.Worker.Loops)
        {
            if (run.Coordinator.Phase == RunPhase.Ended) break;
            RunLoops(loop);
            run.Coordinator.Step();
        }

        Assert.That(run.Coordinator.Completion.Result.State, Is.EqualTo(RunState.Failed));
        Assert.That(calls.Count(c => c == "bolt cleanup"), Is.EqualTo(calls.Count(c => c == "bolt prepare")));
    }

    [Test]
    public void A_run_is_starting_from_its_activation_until_its_spouts_are_asked()
    {
        var run = new Simulation(topology =>
        {
            topology.SetSpout("spout", () => new LoggingSpout([]));
            topology.SetBolt("bolt", () => new LoggingBolt("bolt", [])).ShuffleGrouping("spout");
        });
        Assert.That(run.Coordinator.State, Is.EqualTo(RunState.Inactive));
        run.Coordinator.SetActive(true);

        for (; run.Coordinator.Phase < RunPhase.Running; run.Round()) Assert.That(run.Coordinator.State, Is.EqualTo(RunState.Starting), () => $"{run.Coordinator.Phase}");

        Assert.That(run.Coordinator.State, Is.EqualTo(RunState.Active));
        run.Coordinator.SetActive(false);
        Assert.That(run.Coordinator.State, Is.EqualTo(RunState.Inactive));
    }

    [Test]
    public void A_stop_right_after_another_does_not_keep_the_run_from_its_end()
    {
        var run = new Simulation(topology =>
        {
            topology.SetSpout("a", () => new LoggingSpout([]));
            topology.SetSpout("b", () => new LoggingSpout([]));
            topology.SetBolt("bolt", () => new LoggingBolt("bolt", [])).ShuffleGrouping("a").ShuffleGrouping("b");
        }).Start();

        // The spouts are told to end, and told to close before they have.
        run.Coordinator.RequestStop(TimeSpan.Zero);
        run.Coordinator.Step();
        run.Coordinator.Step();
        Assert.That(run.Coordinator.Phase, Is.EqualTo(RunPhase.CleaningUp));
        RunLoops([.. run.Worker.Loops]);
        run.Coordinator.Step();

        Assert.That(run.Coordinator.Phase, Is.EqualTo(RunPhase.Ended));
    }

    [TestCase(long.MaxValue)]
    [TestCase(long.MaxValue / 100)]
    public void A_very_long_time_to_drain_is_not_taken_for_none(long ticks)
    {
        var calls = new List<string>();
        var run = new Simulation(topology =>
        {
            topology.SetSpout("spout", () => new LoggingSpout(calls));
            topology.SetBolt("bolt", () => new LoggingBolt("bolt", calls)).ShuffleGrouping("spout");
        }).Start();
        run.Time.Advance(TimeSpan.FromDays(1));
        run.Coordinator.RequestStop(new TimeSpan(ticks));

        RunTo(run, RunPhase.Ended);

        Assert.That(run.Coordinator.Completion.Result.Dropped, Is.Zero);
        Assert.That(calls, Does.Contain("bolt finish"));
    }

    private static EventLoop LoopOf(Simulation run, string component) => run.Worker.Executors.First(e => e.Component == component).Home;

    /// <summary>Runs loops until they have nothing to do; the others and the coordinator stand still.</summary>
    private static void RunLoops(params EventLoop[] loops)
    {
        while (loops.Aggregate(false, (progress, loop) => loop.RunOnce() == LoopProgress.Some || loop.HasWork || progress))
        {
        }
    }

    private static void RunTo(Simulation run, RunPhase phase)
    {
        for (var i = 0; run.Coordinator.Phase != phase; i++)
        {
            run.Coordinator.Step();
            if (run.Coordinator.Phase == phase) return;
            RunLoops([.. run.Worker.Loops]);
            Assert.That(i, Is.LessThan(1000), () => $"The run stays {run.Coordinator.Phase}.");
        }
    }

    private sealed class LoggingSpout(List<string> calls) : ReliableSpout<int>
    {
        private bool _hasEmitted;

        public Action? BeforeEmit { get; init; }

        public override Fields Output => ["value"];

        public override void Open(SpoutContext context) => calls.Add("spout open");

        public override void NextTuple(SpoutOutput<int> output)
        {
            if (_hasEmitted) return;
            _hasEmitted = true;
            BeforeEmit?.Invoke();
            calls.Add("spout emit");
            output.Emit(1, 1);
        }

        public override void Ack(int messageId) => calls.Add("spout ack");

        public override void Close() => calls.Add("spout close");
    }

    private sealed class LoggingBolt(string name, List<string> calls) : BasicBolt
    {
        public Exception? PrepareError { get; init; }

        public override Fields Output => [];

        public override void Prepare(BoltContext context)
        {
            calls.Add($"{name} prepare");
            if (PrepareError is not null) throw PrepareError;
        }

        public override void Cleanup() => calls.Add($"{name} cleanup");

        protected override void Execute(TupleView tuple, AnchoredOutput output) => calls.Add($"{name} execute");

        protected override void Finish(AnchoredOutput output) => calls.Add($"{name} finish");
    }
}
