using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Topology.Testing;

namespace Topology.Cluster.Tests.Conformance;

/// <summary>
/// Storm's <c>MetricsIntegrationTest</c>. There a consumer gets what was counted in each bucket of 5 s; here counters only grow, so that a reading at any time is the sum of
/// all buckets.
/// </summary>
[TestFixture(StageKind.OneLoop)]
[TestFixture(StageKind.TwoLoops)]
[TestFixture(StageKind.Simulated)]
public sealed class MetricsTests(StageKind kind)
{
    [TestCase(1)]
    [TestCase(2)]
    public async Task A_components_own_counter_adds_up_over_its_tasks(int tasks)
    {
        var feeder = new Feeder(["value"]);
        using var sums = new Sums("my-custom-metric");
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("spout", () => new FeederSpout(feeder));
            topology.SetBolt("bolt", static () =>
            {
                Counter<long> counter = null!;
                return new InlineBolt([], (tuple, output) =>
                {
                    counter.Add(1);
                    output.Ack(tuple);
                })
                {
                    Prepared = context => counter = context.Meter.CreateCounter<long>("my-custom-metric"),
                };
            }, tasks).SetTasks(tasks).ShuffleGrouping("spout");
        });

        feeder.Feed("a");
        stage.Settle();
        stage.Advance(6);
        Assert.That(sums.Total, Is.EqualTo(1));
        stage.Advance(5);
        Assert.That(sums.Total, Is.EqualTo(1));
        stage.Advance(20);
        Assert.That(sums.Total, Is.EqualTo(1));

        feeder.Feed("b");
        feeder.Feed("c");
        stage.Settle();
        stage.Advance(5);
        Assert.That(sums.Total, Is.EqualTo(3));
        Assert.That(sums.Sources, Is.EquivalentTo(Enumerable.Range(1, tasks).Select(task => $"component=bolt task={task} topology=stage")));
    }

    [Test]
    public async Task The_engines_counters_count_every_tuple_once()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.Options = topology.Options with { MessageTimeout = TimeSpan.FromSeconds(20) };
            topology.SetSpout("spout", () => new FeederSpout(feeder));
            topology.SetBolt("bolt", static () => new InlineBolt(["value"], static (tuple, output) =>
            {
                output.Emit(tuple, 1);
                if (tuple[0] == "fail") output.Fail(tuple);
                else if (tuple[0] == "hold") output.Hold(tuple);
                else output.Ack(tuple);
            })).ShuffleGrouping("spout");
            topology.SetBolt("sink", InlineBolt.Acking, parallelism: 2).AllGrouping("bolt");
        });

        feeder.Feed("ack");
        stage.Settle();
        Assert.That(Of("spout"), Is.EqualTo((1, 1, 0, 1, 0)));
        Assert.That(Of("bolt"), Is.EqualTo((1, 2, 1, 1, 0)));
        Assert.That(Of("sink"), Is.EqualTo((0, 0, 2, 2, 0)));

        foreach (var text in (string[])["ack", "fail", "hold"]) feeder.Feed(text);
        stage.Settle();
        Assert.That(Of("spout"), Is.EqualTo((4, 4, 0, 2, 1)));
        Assert.That(Of("bolt"), Is.EqualTo((4, 8, 4, 2, 1)));
        Assert.That(stage.Metrics["spout"].Pending, Is.EqualTo(1));

        // The held one times out, which Storm counts only where it was sampled.
        stage.Advance(22);
        Assert.That(Of("spout"), Is.EqualTo((4, 4, 0, 2, 2)));
        Assert.That(stage.Metrics["spout"].Pending, Is.Zero);
        Assert.That(stage.Metrics["spout"].FailedByReason[FailKind.Explicit], Is.EqualTo(1));
        Assert.That(stage.Metrics["sink"].Executed, Is.EqualTo(8));

        (long, long, long, long, long) Of(string component)
        {
            var metrics = stage.Metrics[component];
            return (metrics.Emitted, metrics.Transferred, metrics.Executed, metrics.Acked, metrics.Failed);
        }
    }

    [Test]
    public async Task The_complete_latency_is_the_time_from_a_spouts_emit_to_the_end_of_its_tree()
    {
        var feeder = new Feeder(["value"]);
        await using var stage = Stage.Start(kind, topology =>
        {
            topology.SetSpout("spout", () => new FeederSpout(feeder));
            topology.SetBolt("bolt", static () =>
            {
                var held = new List<HeldTuple>();
                return new InlineBolt([], (tuple, output) =>
                {
                    if (tuple.IsTick) held.ForEach(output.Ack);
                    else held.Add(output.Hold(tuple));
                });
            }).ShuffleGrouping("spout").TickEvery(TimeSpan.FromSeconds(5));
        });
        stage.Advance(3);

        feeder.Feed("a");
        stage.Settle();
        stage.Advance(2);

        var latency = stage.Metrics["spout"].CompleteLatency;
        Assert.That(latency.Count, Is.EqualTo(1));
        Assert.That(latency.P50Microseconds, Is.EqualTo(2e6).Within(4).Percent);
    }

    /// <summary>What the instruments of a name were told, over all tasks of this run.</summary>
    private sealed class Sums : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentDictionary<string, long> _bySource = new();

        public Sums(string instrument)
        {
            _listener.InstrumentPublished = (published, listener) =>
            {
                if (published.Name == instrument) listener.EnableMeasurementEvents(published);
            };
            _listener.SetMeasurementEventCallback<long>((published, value, _, _) =>
            {
                var source = string.Join(' ', published.Meter.Tags!.Select(tag => $"{tag.Key}={tag.Value}"));
                _bySource.AddOrUpdate(source, value, (_, before) => before + value);
            });
            _listener.Start();
        }

        public long Total => _bySource.Values.Sum();

        public ICollection<string> Sources => _bySource.Keys;

        public void Dispose() => _listener.Dispose();
    }
}
