using System.Collections.Immutable;

namespace Topology.Engine.Tests;

/// <summary>What a spout loses is counted, however it comes about: a run that lost something must not pass for lossless.</summary>
public sealed class SpoutLossTests
{
    [Test]
    public void A_record_whose_own_emit_always_throws_is_lost()
    {
        var simulation = new Simulation(topology =>
        {
            topology.SetSpout("spout", () => new RecordSpout(records: 3) { Breaks = static record => record == 1 });
            topology.SetBolt("bolt", () => new Sink()).ShuffleGrouping("spout");
        });

        var result = simulation.Start().RunToEnd();

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(result.Metrics["spout"].Lost, Is.EqualTo(1));
        Assert.That(result.IsLossless, Is.False);
    }

    [Test]
    public void A_record_that_is_lost_while_its_author_is_told_so_and_throws_is_lost()
    {
        var simulation = new Simulation(topology =>
        {
            topology.SetSpout("spout", () => new RecordSpout(records: 1) { OnGivenUp = static () => throw new InvalidOperationException("no") });
            topology.SetBolt("bolt", () => new Sink { Fails = true }).ShuffleGrouping("spout");
        });

        var result = simulation.Start().RunToEnd();

        Assert.That(result.Metrics["spout"].Lost, Is.EqualTo(1));
    }

    [Test]
    public void A_restart_counts_what_waits_for_its_retry_and_keeps_what_was_lost_before()
    {
        var simulation = new Simulation(topology =>
        {
            // Record 0 is lost. While record 1 waits for its retry, the next read throws; the fresh instance has nothing to read.
            var instances = 0;
            topology.SetSpout("spout", () => ++instances <= FactoryCalls ? new RecordSpout(records: 2) { ThrowsWhileOneWaits = true } : new RecordSpout(records: 0))
                .OnError(ErrorPolicy.RestartTask);
            topology.SetBolt("bolt", () => new Sink { Fails = true }).ShuffleGrouping("spout");
        });

        var result = simulation.Start().RunToEnd();

        Assert.That(result.Metrics["spout"].Lost, Is.EqualTo(2));
        Assert.That(result.IsLossless, Is.False);
    }

    [Test]
    public void An_emit_that_a_custom_grouping_breaks_leaves_no_tree_behind()
    {
        var simulation = new Simulation(topology =>
        {
            topology.SetSpout("spout", () => new RecordSpout(records: 3));
            topology.SetBolt("bolt", () => new Sink()).CustomGrouping("spout", () => new BrokenGrouping());
        });

        var result = simulation.Start().RunToEnd();

        Assert.That(result.State, Is.EqualTo(RunState.Completed));
        Assert.That(result.Metrics["spout"].Pending, Is.Zero);
        Assert.That(result.Metrics["spout"].Lost, Is.EqualTo(1));
        Assert.That(result.Metrics["bolt"].Executed, Is.EqualTo(2));
    }

    // Two for the checks, and the task's own.
    private const int FactoryCalls = 3;

    /// <summary>Records 0, 1, 2…; a record is given up after two failures.</summary>
    private sealed class RecordSpout(int records) : ReplayingSpout<int>(new ReplayPolicy { MaxAttempts = 2, InitialDelay = TimeSpan.FromMilliseconds(100) })
    {
        private int _next;
        private int _givenUp;

        public Predicate<int> Breaks { get; init; } = static _ => false;

        public bool ThrowsWhileOneWaits { get; init; }

        public Action? OnGivenUp { get; init; }

        public override Fields Output => ["record"];

        protected override bool IsEndOfRecords => _next >= records;

        protected override bool TryRead(out int record)
        {
            record = _next;
            if (ThrowsWhileOneWaits && _next == 1 && _givenUp == 0) return false;
            if (ThrowsWhileOneWaits && _next == 2 && WaitingForRetry == 1) throw new InvalidOperationException("cannot read");
            if (IsEndOfRecords) return false;
            _next++;
            return true;
        }

        protected override void Emit(int record, RecordOutput output)
        {
            if (Breaks(record)) throw new InvalidOperationException("cannot emit");
            output.Emit(record);
        }

        protected override void GivenUp(int record, FailReason reason)
        {
            _givenUp++;
            OnGivenUp?.Invoke();
        }
    }

    private sealed class Sink : BasicBolt
    {
        public bool Fails { get; init; }

        public override Fields Output => [];

        protected override void Execute(TupleView tuple, AnchoredOutput output)
        {
            if (Fails) throw new FailTupleException("no");
        }
    }

    private sealed class BrokenGrouping : ICustomGrouping
    {
        private ImmutableArray<int> _targets;

        public void Prepare(ComponentContext source, StreamId stream, ImmutableArray<int> targets) => _targets = targets;

        public void Choose(ReadOnlySpan<Value> values, List<int> chosen)
        {
            if (values[0].AsInt64() == 1) throw new InvalidOperationException("cannot choose");
            chosen.Add(_targets[0]);
        }
    }
}
