using Topology.Engine;

namespace Topology.Cluster.Tests.Conformance;

/// <summary>Storm's <c>testBasicTopology</c>, <c>testMultiTasksPerCluster</c>, <c>testSystemStream</c> and the transport tests of <c>MessagingTest</c>.</summary>
[TestFixture(StageKind.OneLoop)]
[TestFixture(StageKind.TwoLoops)]
[TestFixture(StageKind.Simulated)]
public sealed class BasicTopologyTests(StageKind kind)
{
    private static readonly Value[][] Names = [["nathan"], ["bob"], ["joey"], ["nathan"]];

    [TestCase(1)]
    [TestCase(2)]
    public async Task Words_are_counted_by_word_and_in_all(int workers)
    {
        var (words, counts, totals, sums) = (new Recorder(), new Recorder(), new Recorder(), new Recorder());
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.Options = topology.Options with { Workers = workers };
            topology.SetSpout("1", () => new FixedSpout(["word"], Names), parallelism: 3);
            topology.SetBolt("2", () => new WordCounter(), parallelism: 4).FieldsGrouping("1", "word");
            topology.SetBolt("3", () => new TupleCounter()).GlobalGrouping("1");
            topology.SetBolt("4", () => new CountAggregator()).GlobalGrouping("2");
            topology.SetBolt("words", () => new RecordingBolt(words)).ShuffleGrouping("1");
            topology.SetBolt("counts", () => new RecordingBolt(counts)).ShuffleGrouping("2");
            topology.SetBolt("totals", () => new RecordingBolt(totals)).ShuffleGrouping("3");
            topology.SetBolt("sums", () => new RecordingBolt(sums)).ShuffleGrouping("4");
        });

        var result = await stage.EndAsync();

        Assert.That(words.Texts, Is.EquivalentTo(new[] { "nathan", "bob", "joey", "nathan" }));
        Assert.That(counts.Texts, Is.EquivalentTo(new[] { "nathan 1", "nathan 2", "bob 1", "joey 1" }));
        Assert.That(totals.Texts, Is.EqualTo(new[] { "1", "2", "3", "4" }));
        Assert.That(sums.Texts, Is.EqualTo(new[] { "1", "2", "3", "4" }));
        Assert.That((result.State, result.IsLossless), Is.EqualTo((RunState.Completed, true)));
    }

    [Test]
    public async Task Each_task_of_an_executor_gets_what_is_sent_to_all()
    {
        var recorder = new Recorder();
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("1", () => new FixedSpout(["word"], [["a"]]));
            topology.SetBolt("2", () => new TaskIndexer(), parallelism: 3).SetTasks(6).AllGrouping("1");
            topology.SetBolt("3", () => new RecordingBolt(recorder)).ShuffleGrouping("2");
        });

        await stage.EndAsync();

        Assert.That(recorder.Texts, Is.EquivalentTo(new[] { "0", "1", "2", "3", "4", "5" }));
    }

    /// <summary>STORM-3141: a receiving executor with many tasks.</summary>
    [Test]
    public async Task Each_of_many_tasks_of_one_executor_receives()
    {
        var recorder = new Recorder();
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("1", () => new FixedSpout(["number"], [.. Enumerable.Range(0, 24).Select(i => new Value[] { i })]));
            topology.SetBolt("2", () => new RecordingBolt(recorder)).SetTasks(6).ShuffleGrouping("1");
        });

        await stage.EndAsync();

        Assert.That(recorder.CountsByTask, Is.EqualTo(new[] { 4, 4, 4, 4, 4, 4 }));
    }

    [Test]
    public async Task Every_tuple_between_workers_arrives()
    {
        var recorder = new Recorder();
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.Options = topology.Options with { Workers = 4 };
            topology.SetSpout("1", () => new FixedSpout(["number"], [.. Enumerable.Range(0, 24).Select(i => new Value[] { i })]));
            topology.SetBolt("2", () => new RecordingBolt(recorder), parallelism: 6).ShuffleGrouping("1");
        });

        var result = await stage.EndAsync();

        Assert.That(recorder.Texts.Select(int.Parse), Is.EquivalentTo(Enumerable.Range(0, 24)));
        Assert.That(result.Metrics["1"].Acked, Is.EqualTo(24));
    }

    /// <summary>
    /// In Storm a bolt may subscribe to the system stream of a spout, which carries nothing to it. Here components have no streams but their own: the subscription is a
    /// mistake and refused.
    /// </summary>
    [Test]
    public void Nobody_subscribes_to_a_system_stream()
    {
        var error = Assert.Throws<InvalidTopologyException>(() => Stage.Start(kind, topology =>
        {
            topology.SetSpout("1", () => new FixedSpout(["word"], Names));
            topology.SetBolt("2", InlineBolt.Acking).ShuffleGrouping("1").GlobalGrouping("1", "__system");
        }));

        Assert.That(error!.Errors.Single(), Does.Contain("stream '__system' of '1'"));
    }

    private sealed class WordCounter : BasicBolt
    {
        private readonly Dictionary<Value, int> _counts = [];

        public override Fields Output => ["word", "count"];

        protected override void Execute(TupleView tuple, AnchoredOutput output)
        {
            var count = _counts.GetValueOrDefault(tuple[0]) + 1;
            _counts[tuple[0]] = count;
            output.Emit(tuple[0], count);
        }
    }

    private sealed class TupleCounter : BasicBolt
    {
        private int _count;

        public override Fields Output => ["count"];

        protected override void Execute(TupleView tuple, AnchoredOutput output) => output.Emit(++_count);
    }

    /// <summary>The sum of the newest count of each word.</summary>
    private sealed class CountAggregator : BasicBolt
    {
        private readonly Dictionary<Value, long> _counts = [];

        public override Fields Output => ["sum"];

        protected override void Execute(TupleView tuple, AnchoredOutput output)
        {
            _counts[tuple["word"]] = tuple["count"].AsInt64();
            output.Emit(_counts.Values.Sum());
        }
    }

    private sealed class TaskIndexer : BasicBolt
    {
        private int _index;

        public override Fields Output => ["index"];

        public override void Prepare(BoltContext context) => _index = context.TaskIndex;

        protected override void Execute(TupleView tuple, AnchoredOutput output) => output.Emit(_index);
    }
}
