using Topology.Testing;

namespace Topology.Cluster.Tests.Conformance;

/// <summary>
/// Storm's <c>ShuffleGroupingTest</c> and the shuffle of its <c>GroupingIntegrationTest</c>. Storm's own default, which weighs tasks by their load and prefers near ones, has no
/// counterpart: shuffle deals in turns, and load counts only where a task has no room left.
/// </summary>
[TestFixture(StageKind.OneLoop)]
[TestFixture(StageKind.TwoLoops)]
[TestFixture(StageKind.Simulated)]
public sealed class ShuffleTests(StageKind kind)
{
    [TestCase(1)]
    [TestCase(10)]
    public async Task Every_task_gets_exactly_as_many_as_every_other(int emitters)
    {
        const int Tuples = 30_000;
        var counts = await RunAsync(Tuples, emitters, tasks: 6);

        Assert.That(counts, Is.EqualTo(new[] { 5000, 5000, 5000, 5000, 5000, 5000 }));
    }

    [Test]
    public async Task Two_tasks_get_between_49_and_51_of_100()
    {
        const int Tuples = 100_000;
        var counts = await RunAsync(Tuples, emitters: 4, tasks: 2);

        Assert.That(counts.Sum(), Is.EqualTo(Tuples));
        Assert.That(counts, Is.All.InRange(49_000, 51_000));
    }

    [Test]
    public async Task A_task_without_room_is_passed_over_until_it_has_some()
    {
        const int Room = 32;
        const int Portion = 10;
        const int Portions = 100;
        var feeder = new Feeder(["value"]);
        var counts = new int[2];
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.Options = topology.Options with { ChannelCapacity = Room };
            topology.SetSpout("spout", () => new FeederSpout(feeder));
            topology.SetBolt("bolt", () => new HalfStuckBolt(counts), parallelism: 2).ShuffleGrouping("spout");
        });

        for (var portion = 0; portion < Portions; portion++)
        {
            for (var i = 0; i < Portion; i++) feeder.Feed(i);
            stage.Settle();
        }

        Assert.That(counts[0], Is.EqualTo(1), "The stuck task has one tuple in work.");
        Assert.That(feeder.Unanswered, Is.InRange(Room, Room + Portion), "As many as it had room for wait in front of it; the other task did all the rest.");

        stage.Advance(10);
        feeder.End();
        var result = await stage.EndAsync();
        Assert.That(counts.Sum(), Is.EqualTo(Portion * Portions));
        Assert.That(result.Metrics["spout"].Acked, Is.EqualTo(Portion * Portions));
    }

    private async Task<int[]> RunAsync(int tuples, int emitters, int tasks)
    {
        var counts = new int[tasks];
        await using var stage = Stage.Start(kind, topology =>
        {
            // Room for all, so that nobody is ever passed over.
            topology.Options = topology.Options with { ChannelCapacity = tuples };
            topology.SetSpout("spout", () => new CountSpout(tuples / emitters), emitters);
            topology.SetBolt("bolt", () => new CountingBolt(counts), tasks).ShuffleGrouping("spout");
        });
        await stage.EndAsync();
        return counts;
    }

    private sealed class CountSpout(int tuples) : Spout
    {
        private int _emitted;

        public override Fields Output => ["value"];

        public override bool IsExhausted => _emitted == tuples;

        public override void NextTuple(SpoutOutput output)
        {
            for (var left = output.Remaining; left > 0 && _emitted < tuples; left--) output.Emit(_emitted++);
        }
    }

    private sealed class CountingBolt(int[] counts) : BasicBolt
    {
        private int _index;

        public override Fields Output => [];

        public override void Prepare(BoltContext context) => _index = context.TaskIndex;

        protected override void Execute(TupleView tuple, AnchoredOutput output) => counts[_index]++;
    }

    /// <summary>What the first task does in the first ten seconds takes until their end; everything else takes no time.</summary>
    private sealed class HalfStuckBolt(int[] counts) : AsyncBolt(concurrency: 1)
    {
        private BoltContext _context = null!;
        private long _start;

        public override Fields Output => [];

        public override void Prepare(BoltContext context)
        {
            base.Prepare(context);
            _context = context;
            _start = context.Time.GetTimestamp();
        }

        protected override async ValueTask ExecuteAsync(TupleCopy tuple, AsyncOutput output, CancellationToken cancellation)
        {
            counts[_context.TaskIndex]++;
            var left = TimeSpan.FromSeconds(10) - _context.Time.GetElapsedTime(_start);
            if (_context.TaskIndex == 0 && left > TimeSpan.Zero) await Task.Delay(left, _context.Time, cancellation);
        }
    }
}
