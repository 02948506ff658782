namespace Topology.Engine.Tests;

public sealed class RunCoordinatorTests
{
    [Test]
    public void A_stop_waits_for_the_trees_of_a_spout_that_was_emitting_when_it_came()
    {
        var calls = new List<string>();
        SteppedRun? run = null;
        run = new SteppedRun(
            topology =>
            {
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
            },
            loops: 3);
        var acker = run.LoopOf("__acker");
        var others = new[] { 0, 1, 2 }.Where(l => l != acker).ToArray();
        run.RunTo(RunPhase.Opening);
        run.Coordinator.Step();

        // The row is worked off, but its ack stays with the acker for a long time.
        for (var i = 0; i < 20; i++)
        {
            run.RunLoops(others);
            run.Coordinator.Step();
        }

        run.RunTo(RunPhase.Ended);

        Assert.That(calls, Is.EqualTo(new[] { "bolt prepare", "spout open", "spout emit", "bolt execute", "spout ack", "bolt finish", "spout close", "bolt cleanup" }).AsCollection
            .Or.EqualTo(new[] { "bolt prepare", "spout open", "spout emit", "bolt execute", "spout ack", "bolt finish", "bolt cleanup", "spout close" }).AsCollection);
        Assert.That(run.Coordinator.Completion.Result.State, Is.EqualTo(RunState.Stopped));
    }

    [Test]
    public void Everything_is_cleaned_up_before_a_run_ends_that_fails_while_it_is_prepared()
    {
        var calls = new List<string>();
        var run = new SteppedRun(
            topology =>
            {
                topology.SetSpout("spout", () => new LoggingSpout(calls));
                for (var i = 0; i < 6; i++) topology.SetBolt($"bolt{i}", () => new LoggingBolt("bolt", calls)).ShuffleGrouping("spout");
                topology.SetBolt("bolt7", () => new LoggingBolt("bolt", calls) { PrepareError = new InvalidOperationException("no") }).ShuffleGrouping("spout");
            },
            loops: 8);

        // Some have been prepared when the failure is seen, and some have not.
        run.Coordinator.Step();
        run.RunLoops(run.LoopOf("bolt7"), run.LoopOf("bolt0"));
        run.Coordinator.Step();
        for (var loop = 0; loop < 8 && run.Coordinator.Phase != RunPhase.Ended; loop++)
        {
            run.RunLoops(loop);
            run.Coordinator.Step();
        }

        Assert.That(run.Coordinator.Completion.Result.State, Is.EqualTo(RunState.Failed));
        Assert.That(calls.Count(c => c == "bolt cleanup"), Is.EqualTo(calls.Count(c => c == "bolt prepare")));
    }

    [Test]
    public void A_stop_right_after_another_does_not_keep_the_run_from_its_end()
    {
        var run = new SteppedRun(topology =>
        {
            topology.SetSpout("a", () => new LoggingSpout([]));
            topology.SetSpout("b", () => new LoggingSpout([]));
            topology.SetBolt("bolt", () => new LoggingBolt("bolt", [])).ShuffleGrouping("a").ShuffleGrouping("b");
        });
        run.RunTo(RunPhase.Running);

        // The spouts are told to end, and told to close before they have.
        run.Coordinator.RequestStop(TimeSpan.Zero);
        run.Coordinator.Step();
        run.Coordinator.Step();
        Assert.That(run.Coordinator.Phase, Is.EqualTo(RunPhase.CleaningUp));
        run.RunLoops();
        run.Coordinator.Step();

        Assert.That(run.Coordinator.Phase, Is.EqualTo(RunPhase.Ended));
    }

    [TestCase(long.MaxValue)]
    [TestCase(long.MaxValue / 100)]
    public void A_very_long_time_to_drain_is_not_taken_for_none(long ticks)
    {
        var calls = new List<string>();
        var run = new SteppedRun(topology =>
        {
            topology.SetSpout("spout", () => new LoggingSpout(calls));
            topology.SetBolt("bolt", () => new LoggingBolt("bolt", calls)).ShuffleGrouping("spout");
        });
        run.RunTo(RunPhase.Running);
        run.Time.Advance(TimeSpan.FromDays(1));
        run.Coordinator.RequestStop(new TimeSpan(ticks));

        run.RunTo(RunPhase.Ended);

        Assert.That(run.Coordinator.Completion.Result.Dropped, Is.Zero);
        Assert.That(calls, Does.Contain("bolt finish"));
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
