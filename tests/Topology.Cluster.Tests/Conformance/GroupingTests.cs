using System.Collections.Immutable;

namespace Topology.Cluster.Tests.Conformance;

/// <summary>The groupings of Storm's <c>GroupingIntegrationTest</c> and <c>PartialKeyGroupingTest</c>, and the others.</summary>
[TestFixture(StageKind.OneLoop)]
[TestFixture(StageKind.TwoLoops)]
[TestFixture(StageKind.Simulated)]
public sealed class GroupingTests(StageKind kind)
{
    [Test]
    public async Task Keys_of_bytes_are_grouped_by_their_content()
    {
        // Fresh arrays for each tuple: keys that are equal and not the same.
        var tuples = Enumerable.Range(0, 24).SelectMany(static _ => new Value[][] { ["a"u8.ToArray()], ["b"u8.ToArray()] }).ToArray();
        var recorder = new Recorder();
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("1", () => new FixedSpout(["key"], tuples), parallelism: 4);
            topology.SetBolt("2", () => new KeyCounter(), parallelism: 6).FieldsGrouping("1", "key");
            topology.SetBolt("3", () => new RecordingBolt(recorder)).ShuffleGrouping("2");
        });

        await stage.EndAsync();

        var expected = Enumerable.Range(1, 24).SelectMany(static i => new[] { $"61 {i}", $"62 {i}" });
        Assert.That(recorder.Texts, Is.EquivalentTo(expected), "Each count occurs once: one task had all of a key.");
    }

    [Test]
    public async Task Equal_keys_of_several_emitters_and_fields_meet_in_one_task()
    {
        var tuples = Enumerable.Range(0, 200).Select(static i => new Value[] { $"user{i % 20}", i, (long)(i % 4) }).ToArray();
        var records = await RunAsync(["user", "number", "shard"], tuples, bolt => bolt.FieldsGrouping("spout", "user", "shard"), tasks: 7, emitters: 3);

        Assert.That(records.GroupBy(r => (r.Values[0], r.Values[2])).Select(g => g.Select(r => r.Task).Distinct().Count()), Is.All.EqualTo(1));
        Assert.That(records.Select(r => r.Task).Distinct().Count(), Is.GreaterThan(1));
        Assert.That(records, Has.Length.EqualTo(200));
    }

    [Test]
    public async Task A_key_of_partial_key_grouping_alternates_between_two_tasks()
    {
        var records = await RunAsync(["key"], [.. Enumerable.Repeat(new Value[] { "k" }, 6)], bolt => bolt.PartialKeyGrouping("spout", "key"), tasks: 5);

        // The arrival at different tasks has no order, but each got every other tuple.
        Assert.That(records.GroupBy(r => r.Task).Select(g => g.Count()), Is.EqualTo(new[] { 3, 3 }));
    }

    [Test]
    public async Task Partial_key_grouping_spreads_a_skewed_load_and_each_key_over_two_tasks_at_most()
    {
        // Half of all tuples have one key.
        var tuples = Enumerable.Range(0, 4000).Select(static i => new Value[] { i % 2 == 0 ? "hot" : $"key{i % 100}" }).ToArray();
        var records = await RunAsync(["key"], tuples, bolt => bolt.PartialKeyGrouping("spout", "key"), tasks: 4);

        Assert.That(records.GroupBy(r => r.Values[0]).Select(g => g.Select(r => r.Task).Distinct().Count()), Is.All.LessThanOrEqualTo(2));
        var largest = records.GroupBy(r => r.Task).Max(g => g.Count());
        Assert.That(largest, Is.LessThan(1500), "By fields grouping one task would have 2,000 and more.");
    }

    [Test]
    public async Task All_grouping_gives_each_tuple_to_every_task()
    {
        var records = await RunAsync(["number"], Numbers(10), static bolt => bolt.AllGrouping("spout"), tasks: 3);

        Assert.That(records.GroupBy(r => r.Task).Select(g => g.Select(r => r.Values[0].AsInt32())), Is.All.EqualTo(Enumerable.Range(0, 10)).And.Exactly(3).Items);
    }

    [Test]
    public async Task Global_grouping_gives_every_tuple_to_the_task_of_the_lowest_id()
    {
        var records = await RunAsync(["number"], Numbers(10), static bolt => bolt.GlobalGrouping("spout"), tasks: 3);

        Assert.That(records.Select(r => r.Task), Is.All.EqualTo(1).And.Exactly(10).Items);
    }

    [Test]
    public async Task None_grouping_gives_each_tuple_to_some_task()
    {
        var records = await RunAsync(["number"], Numbers(1000), static bolt => bolt.NoneGrouping("spout"), tasks: 2);

        Assert.That(records, Has.Length.EqualTo(1000));
        Assert.That(records.GroupBy(r => r.Task).Select(g => g.Count()), Is.All.InRange(400, 600).And.Exactly(2).Items);
    }

    [TestCase(2)]
    [TestCase(3)]
    public async Task A_custom_grouping_may_choose_several_tasks(int copies)
    {
        var records = await RunAsync(["number"], Numbers(8), bolt => bolt.CustomGrouping("spout", () => new NGrouping(copies)), tasks: 4);

        Assert.That(records.GroupBy(r => r.Values[0]).Select(g => g.Select(r => r.Task).Order().ToArray()), Is.All.EqualTo(Enumerable.Range(1, copies)).And.Exactly(8).Items);
    }

    [Test]
    public async Task A_tuple_that_a_custom_grouping_gives_to_nobody_is_done()
    {
        var records = await RunAsync(["number"], Numbers(8), static bolt => bolt.CustomGrouping("spout", static () => new NGrouping(0)), tasks: 2);

        Assert.That(records, Is.Empty);
    }

    [Test]
    public async Task Local_or_shuffle_stays_in_the_emitters_worker_where_it_has_a_task()
    {
        var recorder = new Recorder();
        await using var stage = Stage.Start(kind, topology =>
        {
            // Executors are dealt to loops, and loops to workers, in turns: the spout's worker also has some of the bolt's tasks.
            topology.Options = topology.Options with { Workers = 2, EventLoops = 2 };
            topology.SetSpout("spout", () => new FixedSpout(["number"], Numbers(100)));
            topology.SetBolt("near", () => new RecordingBolt(recorder), parallelism: 4).LocalOrShuffleGrouping("spout");
        });

        await stage.EndAsync();

        Assert.That(recorder.All, Has.Length.EqualTo(100));
        Assert.That(recorder.CountsByTask, Has.Length.InRange(1, 3), "Not all of the four are near.");
        Assert.That(recorder.CountsByTask.Max() - recorder.CountsByTask.Min(), Is.LessThanOrEqualTo(1));
    }

    private static Value[][] Numbers(int count) => [.. Enumerable.Range(0, count).Select(static i => new Value[] { i })];

    private async Task<Record[]> RunAsync(Fields fields, Value[][] tuples, Action<BoltDeclarer> group, int tasks, int emitters = 1)
    {
        var recorder = new Recorder();
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("spout", () => new DealingSpout(fields, tuples), emitters);
            group(topology.SetBolt("bolt", () => new RecordingBolt(recorder), tasks));
        });
        var result = await stage.EndAsync();
        Assert.That(result.Metrics["spout"].Acked, Is.EqualTo(tuples.Length), "Every copy was waited for.");
        return recorder.All;
    }

    /// <summary>Emits some tuples, of several tasks each its share.</summary>
    private sealed class DealingSpout(Fields fields, Value[][] tuples) : ReliableSpout<int>
    {
        private int _next;
        private int _step;

        public override Fields Output { get; } = fields;

        public override bool IsExhausted => _next >= tuples.Length;

        public override void Open(SpoutContext context) => (_next, _step) = (context.TaskIndex, context.TaskCount);

        public override void NextTuple(SpoutOutput<int> output)
        {
            for (; _next < tuples.Length && output.Remaining > 0; _next += _step) output.Emit(_next, tuples[_next]);
        }
    }

    private sealed class KeyCounter : BasicBolt
    {
        private readonly Dictionary<Value, int> _counts = [];

        public override Fields Output => ["key", "count"];

        protected override void Execute(TupleView tuple, AnchoredOutput output)
        {
            var count = _counts.GetValueOrDefault(tuple[0]) + 1;
            _counts[tuple[0]] = count;
            output.Emit(tuple[0], count);
        }
    }

    /// <summary>The first so many tasks get each tuple.</summary>
    private sealed class NGrouping(int copies) : ICustomGrouping
    {
        private ImmutableArray<int> _targets;

        public void Prepare(ComponentContext source, StreamId stream, ImmutableArray<int> targets) => _targets = targets;

        public void Choose(ReadOnlySpan<Value> values, List<int> chosen) => chosen.AddRange(_targets.AsSpan()[..copies]);
    }
}
